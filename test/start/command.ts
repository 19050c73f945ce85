import { execFile } from 'node:child_process'
import { join } from 'node:path'

const BIN = join(import.meta.dirname, '../../apps/server/bin/millrace.js')

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `millrace …` as anyone would, on the data of a directory, in testville. */
export function millrace(dataDir: string, ...words: string[]): Promise<Outcome> {
  return millraceWith(dataDir, {}, ...words)
}

/** The same with settings of the environment. */
export function millraceWith(
  dataDir: string,
  settings: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<Outcome> {
  const env = {
    ...process.env,
    DATABASE_URL: '',
    MILLRACE_DATA_DIR: dataDir,
    MILLRACE_CITY: 'testville',
    ...settings,
  }
  return new Promise(resolve => {
    execFile(process.execPath, [BIN, ...words], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}
