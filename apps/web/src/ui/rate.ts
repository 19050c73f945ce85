/** A yearly rate as a bank writes it: `"0.0370"` → `3.70%`. Moves the point, computes nothing. */
export function percent(rate: string): string {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(rate)
  if (!match) return rate
  const digits = (match[2] ?? '').padEnd(4, '0')
  const whole = `${match[1]}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '')
  const part = digits.slice(2).replace(/(?<=^.{2,})0+$/, '')
  return `${whole}.${part}%`
}
