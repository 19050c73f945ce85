export interface Measured {
  readonly perSecond: number
}

export function title(text: string): void {
  process.stdout.write(`\n${text}\n`)
}

/** A ratio beside what it must reach. */
export function line(text: string, ratio: number, atLeast: number): void {
  process.stdout.write(
    `${text.padEnd(64)} ${ratio.toFixed(2).padStart(12)}   at least ${atLeast}${ratio < atLeast ? '   MISSED' : ''}\n`,
  )
}

/** Each input once to warm up, once to be timed; then every answer is held against the reference. */
export function measured<T>(
  name: string,
  inputs: readonly T[],
  award: (input: T) => bigint | null,
  reference: readonly (bigint | null)[],
): Measured {
  for (const input of inputs.slice(0, 20_000)) award(input)
  const started = performance.now()
  const answers = inputs.map(award)
  return report(name, answers, (performance.now() - started) / 1000, reference)
}

/** The same by processor time of this process, for a figure that must not depend on what else the machine does. */
export function measuredByProcessor<T>(
  name: string,
  inputs: readonly T[],
  award: (input: T) => bigint | null,
  reference: readonly (bigint | null)[],
): Measured {
  for (const input of inputs.slice(0, 20_000)) award(input)
  const before = process.cpuUsage()
  const answers = inputs.map(award)
  const { user, system } = process.cpuUsage(before)
  return report(`${name}, processor time`, answers, (user + system) / 1e6, reference)
}

export async function measuredAsync<T>(
  name: string,
  inputs: readonly T[],
  award: (input: T) => Promise<bigint | null>,
  reference: readonly (bigint | null)[],
  inFlight: number,
): Promise<Measured> {
  for (const input of inputs.slice(0, 500)) await award(input)
  const started = performance.now()
  const answers: (bigint | null)[] = []
  for (let i = 0; i < inputs.length; i += inFlight) {
    answers.push(...(await Promise.all(inputs.slice(i, i + inFlight).map(award))))
  }
  return report(name, answers, (performance.now() - started) / 1000, reference)
}

export function report(
  name: string,
  answers: readonly (bigint | null)[],
  seconds: number,
  reference: readonly (bigint | null)[],
): Measured {
  const perSecond = answers.length / seconds
  const text = `${name.padEnd(64)} ${Math.round(perSecond).toLocaleString('en').padStart(12)} a second   ${verdict(answers, reference)}\n`
  process.stdout.write(text)
  return { perSecond }
}

function verdict(answers: readonly (bigint | null)[], reference: readonly (bigint | null)[]): string {
  const wrong = answers.filter((answer, i) => answer !== reference[i])
  if (wrong.length === 0) return 'exact'
  const off = answers.reduce<bigint>((sum, answer, i) => sum + (answer ?? 0n) - (reference[i] ?? 0n), 0n)
  const share = ((100 * wrong.length) / answers.length).toFixed(2)
  return `${wrong.length.toLocaleString('en')} wrong (${share} %), ${off} fen in all`
}
