import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

const MAIN = join(import.meta.dirname, '../../apps/server/src/main.ts')
const PATIENCE_MS = 60_000

/** The platform as a real process on data of its own. */
export interface ServerProcess {
  readonly pid: number
  /** Where it answers. */
  readonly address: string
  output(): string
  /** Sends a signal and waits for the end: the exit code, or null where the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export interface Ended {
  readonly code: number | null
  readonly output: string
}

const directories: string[] = []
const children: ChildProcess[] = []

after(() => {
  for (const child of children) child.kill('SIGKILL')
  for (const directory of directories) {
    const file = join(directory, 'postgres/postmaster.pid')
    if (existsSync(file)) endProcess(Number(readFileSync(file, 'utf8').split('\n')[0]))
    rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
})

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // Only the file was left of it.
  }
}

/** A data directory that is gone after the test file. */
export function dataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-start-'))
  chmodSync(directory, 0o755)
  directories.push(directory)
  return directory
}

export interface StartOptions {
  readonly dataDir: string
  readonly flags?: readonly string[]
  readonly port?: number
  /** testville, the neutral one, where nothing else is said. */
  readonly city?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the platform and waits until it answers. */
export async function startServer(options: StartOptions): Promise<ServerProcess> {
  const { child, output, ended } = launch(options)
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It did not start:\n${output()}`)), PATIENCE_MS).unref()
    const look = () => {
      const found = /│ (http:\S+)/.exec(output())?.[1]
      if (!found) return
      clearTimeout(timer)
      resolve(found)
    }
    child.stdout?.on('data', look)
    ended.then(({ code }) => reject(new Error(`It ended with ${code}:\n${output()}`)))
  })
  return {
    pid: child.pid ?? 0,
    address,
    output,
    end: async signal => {
      child.kill(signal)
      return (await ended).code
    },
  }
}

/** Starts the platform where it cannot, and waits for it to say so. */
export async function startInVain(options: StartOptions): Promise<Ended> {
  return launch(options).ended
}

/** Asks until the answer has this status: its text. */
export async function answers(address: string, status: number): Promise<string> {
  for (let attempt = 0; attempt < 2_000; attempt++) {
    const answer = await fetch(address, { headers: { 'accept-language': 'en' } })
    const text = await answer.text()
    if (answer.status === status) return text
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  throw new Error(`${address} never answered ${status}`)
}

function launch({ dataDir, flags = ['--empty'], port = 0, city = 'testville', env = {} }: StartOptions) {
  const child = spawn(
    process.execPath,
    [MAIN, 'serve', '--data-dir', dataDir, '--port', String(port), '--city', city, '--no-web', ...flags],
    { env: { ...process.env, DATABASE_URL: '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  children.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (text += chunk))
  const ended = new Promise<Ended>(resolve => {
    child.on('close', code => resolve({ code, output: text }))
  })
  return { child, output: () => text, ended }
}
