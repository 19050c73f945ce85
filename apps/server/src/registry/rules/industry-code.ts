/** First and last division (大类, two digits) of each section (门类). Source: GB/T 4754-2017 */
const SECTIONS: Record<string, readonly [first: number, last: number]> = {
  A: [1, 5],
  B: [6, 12],
  C: [13, 43],
  D: [44, 46],
  E: [47, 50],
  F: [51, 52],
  G: [53, 60],
  H: [61, 62],
  I: [63, 65],
  J: [66, 69],
  K: [70, 70],
  L: [71, 72],
  M: [73, 75],
  N: [76, 79],
  O: [80, 82],
  P: [83, 83],
  Q: [84, 85],
  R: [86, 90],
  S: [91, 96],
  T: [97, 97],
}

const CODE = /^([A-T])?(\d{2})(\d{0,2})$/

export interface IndustryCode {
  /** Two to four digits: division, group or class (大类, 中类, 小类). */
  readonly code: string
  /** The letter of the section, from the division. */
  readonly section: string
}

/**
 * Reads an industry code with or without its section's letter: `C3872`, `3872`, `387`, `38`.
 *
 * @returns undefined when there is no such division, or the letter is not the division's
 * Source: GB/T 4754-2017
 */
export function findIndustryCode(text: string): IndustryCode | undefined {
  const match = CODE.exec(text.normalize('NFKC').trim().toUpperCase())
  if (!match) return undefined
  const [, letter, division = '', rest = ''] = match
  const section = sectionOf(Number(division))
  if (section === undefined || (letter !== undefined && letter !== section)) return undefined
  return { code: division + rest, section }
}

function sectionOf(division: number): string | undefined {
  return Object.keys(SECTIONS).find(letter => {
    const [first, last] = SECTIONS[letter] ?? [1, 0]
    return division >= first && division <= last
  })
}

/** Section C: what "制造业" policies mean. */
export function isManufacturing(industry: IndustryCode): boolean {
  return industry.section === 'C'
}
