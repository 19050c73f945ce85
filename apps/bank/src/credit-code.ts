const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** The check character of the 17 before it (GB 32100-2015: weights 3ⁱ modulo 31). */
function checkCharacter(first17: string): string {
  let total = 0
  let weight = 1
  for (const character of first17) {
    total += ALPHABET.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET[(31 - (total % 31)) % 31] ?? '0'
}

/**
 * A unified social credit code for somebody who does not exist: well formed, with a correct check character.
 *
 * @param division six digits of the place of registration
 * @param organisation up to eight characters that tell one from another
 */
export function fictionalCreditCode(division: string, organisation: string): string {
  const first17 = `91${division}${organisation.padStart(9, '0')}`
  return first17 + checkCharacter(first17)
}
