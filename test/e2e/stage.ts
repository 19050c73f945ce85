import { spawn } from 'node:child_process'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium as engine, type Page } from 'playwright-core'
import { dataDirectory, startServer } from '../start/server-process.ts'

const REPOSITORY = join(import.meta.dirname, '../..')
const PATIENCE_MS = 15_000
/** Small enough to play a quarter in seconds, large enough for every answer to occur. */
const DEMONSTRATION = ['--city', 'zhongshan', '--organisations', '300', '--loans', '60', '--seed', '1']

export const ROLES = ['officer', 'approver', 'finance', 'auditor', 'town', 'bank', 'enterprise'] as const
export type Role = (typeof ROLES)[number]

export interface Account {
  readonly email: string
  readonly password: string
  readonly role: string
  readonly name: string
  readonly code: string | null
}

export interface View {
  readonly language?: 'zh' | 'en'
  readonly width?: number
}

/** The platform as a visitor meets it: a real server on data of its own, and a real browser. */
export interface Stage {
  readonly address: string
  close(): Promise<void>
  accounts(): Promise<Account[]>
  /** A page nobody is signed in on. */
  visitor(view?: View): Promise<Page>
  /** A page that someone of the role is signed in on. */
  as(role: Role, view?: View): Promise<Page>
  /** Lets banks and rules play until after the next settlement; people are left their part. */
  advance(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  await buildWeb()
  const server = await startServer({ dataDir: dataDirectory(), flags: DEMONSTRATION })
  const browser = await launch()
  const { address } = server
  const sessions = new Map<Role, Awaited<ReturnType<BrowserContext['storageState']>>>()

  const accounts = async (): Promise<Account[]> => {
    const answer = await fetch(`${address}/api/v1/demonstration/accounts`)
    return ((await answer.json()) as { accounts: Account[] }).accounts
  }
  const open = async (view: View, role?: Role) => {
    const state = role ? sessions.get(role) : undefined
    const context = await browser.newContext({
      locale: view.language === 'en' ? 'en-GB' : 'zh-CN',
      viewport: { width: view.width ?? 1440, height: 900 },
      reducedMotion: 'reduce',
      acceptDownloads: true,
      ...(state ? { storageState: state } : {}),
    })
    context.setDefaultTimeout(PATIENCE_MS)
    return context
  }
  const as = async (role: Role, view: View = {}) => {
    if (!sessions.has(role)) {
      const context = await open(view)
      await signIn(context, address, await accountOf(accounts, role))
      sessions.set(role, await context.storageState())
      await context.close()
    }
    const page = await (await open(view, role)).newPage()
    await page.goto(address)
    return page
  }
  return {
    address,
    close: async () => {
      await browser.close()
      await server.end('SIGTERM')
    },
    accounts,
    as,
    visitor: async (view = {}) => {
      const page = await (await open(view)).newPage()
      await page.goto(address)
      return page
    },
    advance: async () => {
      const page = await as('officer')
      const answer = await page.request.post(`${address}/api/v1/demonstration/advance`, {
        data: { with_officers: false },
        headers: { origin: address },
        timeout: 60_000,
      })
      if (!answer.ok()) throw new Error(`The demonstration did not advance: ${await answer.text()}`)
      await page.context().close()
    },
  }
}

async function accountOf(accounts: () => Promise<Account[]>, role: Role): Promise<Account> {
  const account = (await accounts()).find(each => each.role === role)
  if (!account) throw new Error(`The demonstration has no account of the role ${role}`)
  return account
}

/** By the interface, not the page: what is not about signing in need not repeat it. */
async function signIn(context: BrowserContext, address: string, account: Account): Promise<void> {
  const post = (path: string, data: object) =>
    patiently(() =>
      context.request.post(`${address}/api/auth${path}`, { data, headers: { origin: address } }),
    )
  await post('/sign-in/email', { email: account.email, password: account.password })
  if (account.code) await post('/two-factor/verify-totp', { code: account.code })
}

/** The server takes only so many codes in ten seconds, and the whole cast signs in at once. */
async function patiently(attempt: () => ReturnType<BrowserContext['request']['post']>): Promise<void> {
  const PAUSE_MS = 2_000
  const ATTEMPTS_MAX = 10
  for (let count = 1; ; count += 1) {
    const answer = await attempt()
    if (answer.ok()) return
    if (answer.status() !== 429 || count === ATTEMPTS_MAX) {
      throw new Error(`Signing in was refused: ${answer.status()} ${await answer.text()}`)
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS))
  }
}

async function launch(): Promise<Browser> {
  return engine.launch({
    executablePath: await chromium.executablePath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** The client as it is in the working tree: what is tested is what was written. */
async function buildWeb(): Promise<void> {
  const vite = join(REPOSITORY, 'node_modules/vite/bin/vite.js')
  const child = spawn(
    process.execPath,
    [vite, 'build', join(REPOSITORY, 'apps/web'), '--logLevel', 'error'],
    {
      cwd: REPOSITORY,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', resolve)
  })
  if (code !== 0) throw new Error(`The web client could not be built (${code})`)
}
