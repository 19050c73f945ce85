import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY } from './data-directory.ts'

/** The city that is meant when none is named: `MILLRACE_CITY`, or the one in the file `cities/default`. */
export function defaultCity(): string {
  return process.env.MILLRACE_CITY || readFileSync(join(REPOSITORY, 'cities/default'), 'utf8').trim()
}
