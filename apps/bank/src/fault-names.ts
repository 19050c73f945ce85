/** What can go wrong between a bank and the platform, each on demand. With any of them the truth at the end is the same. */
export const FAULTS = [
  'duplicates',
  'reordering',
  'cut-file',
  'late-correction',
  'unknown-code',
  'wrong-signature',
  'lost-answer',
] as const

export type Fault = (typeof FAULTS)[number]

/**
 * Reads the value of `--faults`.
 *
 * @param given what commander gives: `true` for the bare option (all), a comma-separated list, or undefined (none)
 * @throws Error that names the unknown fault and the known ones
 */
export function parseFaults(given: string | boolean | undefined): ReadonlySet<Fault> {
  if (given === undefined || given === false || given === '') return new Set()
  if (given === true || given === 'all') return new Set(FAULTS)
  return new Set(
    given.split(',').map(name => {
      const fault = FAULTS.find(known => known === name.trim())
      if (!fault) throw new Error(`"${name}" is not a fault; the faults are ${FAULTS.join(', ')}`)
      return fault
    }),
  )
}
