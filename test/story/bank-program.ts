import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { after } from 'node:test'
import { promisify } from 'node:util'

const BIN = join(import.meta.dirname, '../../apps/bank/bin/millrace-bank.js')
const run = promisify(execFile)

/** A key pair as a bank would make it; only the public half is told. */
export function newKey(key_id: string) {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const base64 = (text: string) => Buffer.from(text, 'base64url').toString('base64')
  return { key_id, public_key: base64(x), private_key: base64(d) }
}

const children: ChildProcess[] = []
after(() => {
  for (const child of children) child.kill()
})

/** The example bank and treasury as a process of their own. */
export interface BankProgram {
  /** Tells the platform everything up to a day. */
  play(through: string): Promise<{ readonly unexpected_refusals: number; readonly refusals: unknown[] }>
  /** Pays what was ordered and sends the receipts. */
  settle(): Promise<{ readonly paid: number; readonly rejected: number }>
}

export async function startBank(words: readonly string[]): Promise<BankProgram> {
  const child = spawn(process.execPath, [BIN, 'play', ...words, '--control', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  children.push(child)
  let said = ''
  const door = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', chunk => {
      said += chunk
      const found = /control on (http:\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.on('close', code => reject(new Error(`the bank ended with ${code}: ${said}`)))
  })
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${door}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return answer.json()
  }
  return { play: through => post('/play', { through }), settle: () => post('/settle', {}) }
}

/** What the independent model says the programme should pay. */
export async function expectedOf(words: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, [BIN, 'expect', ...words])
  return JSON.parse(stdout)
}
