import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessible.ts'
import type { Role, Stage, View } from './stage.ts'

const OFFICE = [
  '/office',
  '/office/batches',
  '/office/claims',
  '/office/discrepancies',
  '/office/organisations',
]

/** Every page of every role; `:claim`, `:batch`, `:organisation`, `:filing` and `:message` stand for one that exists. */
const PAGES: Record<Role, readonly string[]> = {
  officer: [
    ...OFFICE,
    '/office/claims/:claim',
    '/office/batches/:batch',
    '/office/organisations/:organisation',
    '/office/import',
    '/office/filings',
    '/office/filings/:filing',
    '/office/import-filings',
    '/office/treasury',
    '/office/bank-messages',
    '/office/bank-messages/:message',
    '/office/ledger',
    '/office/policies',
    '/office/policies/digital-loan-interest',
  ],
  approver: ['/office', '/office/batches/:batch'],
  finance: ['/office/ledger'],
  auditor: ['/office/audit', '/office/batches/:batch'],
  town: ['/office', '/office/claims'],
  bank: ['/bank', '/bank/discrepancies'],
  enterprise: ['/enterprise', '/enterprise/payments', '/enterprise/account'],
}

const LIKE_OFFICER = new Set<string>(['approver', 'finance', 'town'])

const VIEWS: readonly View[] = [
  { language: 'zh', width: 375 },
  { language: 'en', width: 1440 },
]

export function everyPage(onStage: () => Stage): void {
  describe('every page', { concurrency: 2 }, () => {
    const found: Record<string, string> = {}
    before(async () => {
      const page = await onStage().as('officer')
      const first = async (path: string) => {
        const answer = await page.request.get(`${onStage().address}/api/v1${path}`)
        return ((await answer.json()) as { items: Record<string, string>[] }).items[0] ?? {}
      }
      found[':claim'] = (await first('/claims?limit=1')).id ?? ''
      found[':batch'] = (await first('/batches')).id ?? ''
      found[':organisation'] = (await first('/organisations?limit=1')).credit_code ?? ''
      found[':filing'] = (await first('/filings?limit=1')).id ?? ''
      found[':message'] = (await first('/bank-messages?limit=1')).id ?? ''
      await page.context().close()
    })
    const addressOf = (path: string) =>
      onStage().address +
      path.replace(/:(claim|batch|organisation|filing|message)/, name => found[name] ?? '')

    for (const view of VIEWS) {
      it(`is accessible to a visitor at ${view.width} px in ${view.language}`, async () => {
        const page = await onStage().visitor(view)
        for (const path of ['/', '/sign-in', '/developers', '/notices', '/objections/none', '/nowhere']) {
          await page.goto(addressOf(path))
          await settled(page)
          await assertAccessible(page)
        }
        await page.context().close()
      })

      for (const [role, paths] of Object.entries(PAGES)) {
        // Their pages are the officer's, which are looked at in every view; what differs is what they may do.
        if (view.width === 375 && LIKE_OFFICER.has(role)) continue
        it(`is accessible to ${role} at ${view.width} px in ${view.language}`, async () => {
          const page = await onStage().as(role as Role, view)
          const failures: string[] = []
          page.on('pageerror', error => failures.push(error.message))
          for (const path of paths) {
            await page.goto(addressOf(path))
            await settled(page)
            await assertAccessible(page)
            if (await page.getByRole('alert').count())
              failures.push((await page.getByRole('alert').first().textContent()) ?? '')
            if (failures.length > 0) throw new Error(`${path}: ${failures.join('; ')}`)
          }
          await page.context().close()
        })
      }
    }
  })
}

/** The page has its name, and nothing of it is still an outline. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)
}
