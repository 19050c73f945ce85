import type { PlainDate } from '../platform/dates.ts'
import type { CityTexts } from './city-texts.ts'
import { fictionalBankCode } from './fictional-codes.ts'
import { type DemonstrationKey, demonstrationKey } from './keys.ts'

export interface DemoBank {
  readonly code: string
  readonly name: string
  readonly short_name: string
  readonly cooperating_from: PlainDate | null
  readonly cooperating_to: PlainDate | null
  readonly key: DemonstrationKey
}

export interface DemoTreasury {
  readonly name: string
  /** The agent bank that books the payments. */
  readonly bank_code: string
  readonly key: DemonstrationKey
}

/** The banks of the city's demonstration, with keys made from the seed. */
export function generateBanks(seed: number, { banks }: CityTexts): DemoBank[] {
  return banks.map(({ algorithm, ...bank }, index) => {
    const code = fictionalBankCode(index + 1)
    return { ...bank, code, key: demonstrationKey(seed, code, algorithm) }
  })
}

export function generateTreasury(seed: number, { treasury }: CityTexts): DemoTreasury {
  return {
    name: treasury.name,
    bank_code: fictionalBankCode(1),
    key: demonstrationKey(seed, 'treasury', 'ed25519'),
  }
}
