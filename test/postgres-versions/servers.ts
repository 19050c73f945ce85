import { existsSync } from 'node:fs'
import { join } from 'node:path'

const PLATFORM = `${process.platform}-${process.arch}`

/** Where the programs of a PostgreSQL of this major version lie; undefined where none is published for this machine. */
export function folderOf(major: number): string | undefined {
  const packages = join(import.meta.dirname, 'node_modules', `postgres-${major}-${PLATFORM}`)
  const folder = join(packages, 'native/bin')
  return existsSync(folder) ? folder : undefined
}
