import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Stage } from './stage.ts'

export function lists(onStage: () => Stage): void {
  describe('a list', () => {
    it('is worked by keyboard: / searches, j and k move, Enter opens', async () => {
      const page = await onStage().as('officer', { language: 'zh' })
      await page.goto(`${onStage().address}/office/claims`)
      const rows = page.locator('[data-row]')
      await rows.first().waitFor()
      await page.keyboard.press('/')
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'search')
      await page.keyboard.type('示例')
      await page.waitForURL(/q=/)
      await page.keyboard.press('Tab')
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      await page.keyboard.press('k')
      const focused = await page.evaluate(() => document.activeElement?.textContent)
      assert.equal(focused, await rows.first().textContent())
      await page.keyboard.press('Enter')
      await page.getByRole('article').waitFor()
      await page.context().close()
    })

    it('keeps its filter in the address and exports exactly what it shows', async () => {
      const page = await onStage().as('officer', { language: 'en' })
      await page.goto(`${onStage().address}/office/claims`)
      await page.getByLabel('Answer').selectOption('ineligible')
      await page.waitForURL(/answer=ineligible/)
      await page.getByText('Not eligible').nth(1).waitFor()
      await page.reload()
      assert.equal(await page.getByLabel('Answer').inputValue(), 'ineligible')
      await page.getByRole('row').nth(1).waitFor()
      const shown = (await page.getByRole('row').count()) - 1
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page
          .getByRole('button', { name: 'Export' })
          .click()
          .then(() => page.getByRole('menuitem', { name: 'CSV' }).click()),
      ])
      const lines = readFileSync(await download.path(), 'utf8')
        .replace(/\r\n$/, '')
        .split('\r\n')
      assert.equal(lines.length - 1, shown)
      assert.match(lines[0] ?? '', /^\uFEFFEnterprise,Answer,Subsidy/)
      assert.ok(lines.slice(1).every(line => line.includes('Not eligible')))
      const [sheet] = await Promise.all([
        page.waitForEvent('download'),
        page
          .getByRole('button', { name: 'Export' })
          .click()
          .then(() => page.getByRole('menuitem', { name: 'Excel (xlsx)' }).click()),
      ])
      assert.equal(sheet.suggestedFilename(), 'Claims.xlsx')
      assert.equal(
        readFileSync(await sheet.path())
          .subarray(0, 2)
          .toString(),
        'PK',
      )
      await page.context().close()
    })

    it('of the journal is searched by amount and by day, and its export holds what was found', async () => {
      const page = await onStage().as('finance', { language: 'en' })
      await page.goto(`${onStage().address}/office/ledger`)
      await page
        .getByRole('searchbox', { name: 'Enterprise, code, amount, batch or payment' })
        .fill('no such word')
      await page.getByText('No entry matches.').waitFor()
      await page.goto(`${onStage().address}/office/ledger?kind=appropriate`)
      const entries = page.locator('.rows tbody tr')
      await entries.first().waitFor()
      const shown = await entries.count()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page
          .getByRole('button', { name: 'Export' })
          .click()
          .then(() => page.getByRole('menuitem', { name: 'CSV' }).click()),
      ])
      const lines = readFileSync(await download.path(), 'utf8')
        .trimEnd()
        .split('\r\n')
      assert.equal(lines.length - 1, shown)
      await page.getByLabel('From', { exact: true }).fill('2099-01-01')
      await page.waitForURL(/from=2099-01-01/)
      await page.getByText('No entry matches.').waitFor()
      await page.context().close()
    })

    it('saves a view and shows it again', async () => {
      const page = await onStage().as('officer', { language: 'en' })
      await page.goto(`${onStage().address}/office/claims?answer=eligible`)
      await page.getByRole('button', { name: 'Views' }).click()
      await page.getByLabel('Name of the view').fill('To be paid')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.goto(`${onStage().address}/office/claims`)
      await page.getByRole('button', { name: 'Views' }).click()
      await page.getByRole('button', { name: 'To be paid', exact: true }).click()
      await page.waitForURL(/answer=eligible/)
      await page.context().close()
    })

    it('of organisations is tried before it is imported, and says what is wrong with a row', async () => {
      const page = await onStage().as('officer', { language: 'en' })
      await page.goto(`${onStage().address}/office/import`)
      const rows = ['统一社会信用代码,企业名称', '91442000MA00000000,一家示例公司']
      await page.getByLabel('File', { exact: true }).setInputFiles({
        name: 'register.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(rows.join('\n')),
      })
      assert.ok(await page.getByRole('button', { name: 'Import it' }).isDisabled())
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.getByRole('heading', { name: 'Tried: register.csv (nothing was changed)' }).waitFor()
      await page.getByRole('link', { name: 'Download all problems (CSV)' }).waitFor()
      await page.getByRole('button', { name: 'Import it', disabled: false }).waitFor()
      await page.context().close()
    })
  })
}
