import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AccountDetails, readPayerFile } from '../funds/index.ts'
import type { City } from '../platform/city.ts'

/** The account from which a city's treasury pays: `cities/<city>/treasury.json`. */
export function readPayer(city: City): AccountDetails {
  return readPayerFile(JSON.parse(readFileSync(join(city.folder, 'treasury.json'), 'utf8')))
}
