/**
 * Prints a document for programs: one JSON object, integers of any size as plain digits. On one line, so that the last line
 * is all of it whatever a runner prints before; indented where a person reads it on a terminal.
 */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, integers, process.stdout.isTTY ? 2 : 0)}\n`)
}

/** Fen are integers; those that a double cannot hold are written as text instead of being bent. */
function integers(_: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

/** 1234567.89 → `1,234,567.89` */
export function yuan(fen: bigint): string {
  const sign = fen < 0n ? '-' : ''
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${sign}${digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

/** Progress for people goes to the terminal, and nowhere when there is none. */
export function tellTerminal(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${line}\n`)
}
