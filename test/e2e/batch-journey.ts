import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import type { Stage } from './stage.ts'

/** From settled interest to the enterprise's money, each person at their own screen. */
export function batchJourney(onStage: () => Stage): void {
  describe('a batch', () => {
    let address = ''
    let total = ''
    before(async () => {
      await onStage().advance()
    })

    it('is prepared and submitted by an officer, who may not approve it', async () => {
      const page = await onStage().as('officer', { language: 'en' })
      await page.goto(`${onStage().address}/office`)
      await page.getByRole('link', { name: /claims can be put in a batch/ }).click()
      await page.getByRole('button', { name: 'Prepare a batch' }).click()
      await page.getByRole('heading', { level: 1, name: /Batch 2022Q2-1/ }).waitFor()
      address = page.url()
      const actions = page.getByRole('region', { name: 'Actions' })
      assert.ok(await actions.getByRole('button', { name: 'Approve' }).isDisabled())
      assert.match((await actions.textContent()) ?? '', /Not submitted yet/)
      // Meanwhile the batch is brought up to date on another screen: what this one shows has passed.
      const other = await onStage().as('officer', { language: 'en' })
      await other.goto(address)
      await Promise.all([
        other.waitForResponse(answer => answer.url().endsWith('/refresh') && answer.ok()),
        other.getByRole('button', { name: 'Bring up to date' }).click(),
      ])
      await other.context().close()
      await actions.getByRole('button', { name: 'Submit' }).click()
      const dialog = page.getByRole('dialog', { name: 'Submit' })
      await dialog.getByLabel('Remark (optional)').fill('Sample checked')
      await dialog.getByRole('button', { name: 'Submit' }).click()
      await dialog.getByText(/changed this after you opened it/).waitFor()
      await dialog.getByRole('button', { name: 'Reload' }).click()
      await dialog.getByText(/^Reloaded/).waitFor()
      assert.equal(await dialog.getByLabel('Remark (optional)').inputValue(), 'Sample checked')
      await dialog.getByRole('button', { name: 'Submit' }).click()
      await page.getByText('To be decided', { exact: true }).waitFor()
      assert.match((await actions.textContent()) ?? '', /Submitted, to be decided/)
      await page.context().close()
    })

    it('keeps what was typed for its return when the connection is lost', async () => {
      const page = await onStage().as('approver', { language: 'en' })
      await page.goto(address)
      await page.getByRole('button', { name: 'Return' }).click()
      const dialog = page.getByRole('dialog', { name: 'Return' })
      await dialog.getByLabel('Reason (required)').fill('Please look at the first exception')
      await page.context().setOffline(true)
      await dialog.getByRole('button', { name: 'Return' }).click()
      await dialog.getByText('The connection is lost').waitFor()
      await page.context().setOffline(false)
      await page.reload()
      await page.getByRole('button', { name: 'Return' }).click()
      assert.equal(
        await page.getByLabel('Reason (required)').inputValue(),
        'Please look at the first exception',
      )
      await page.context().close()
    })

    it('is approved by keyboard alone: `a` leads to the approval and does not give it', async () => {
      const page = await onStage().as('approver', { language: 'en' })
      await page.goto(address)
      const approve = page.getByRole('button', { name: 'Approve' })
      await approve.waitFor()
      await page.keyboard.press('j')
      assert.equal(await page.locator('[data-row]:focus').count(), 1)
      await page.keyboard.press('a')
      assert.ok(await approve.evaluate(button => button === document.activeElement))
      assert.equal(await page.getByRole('dialog').count(), 0)
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Approve' })
      const remark = dialog.getByRole('textbox')
      await remark.focus()
      await page.keyboard.type('a jack')
      assert.equal(await remark.inputValue(), 'a jack')
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'hidden' })
      await page.getByText('To be decided', { exact: true }).waitFor()
      await page.context().close()
    })

    it('is approved by another and ordered by finance, and the ledger shows the money', async () => {
      const approver = await onStage().as('approver', { language: 'zh' })
      await approver.goto(address)
      await takeStep(approver, '批准')
      await approver.getByText('已批准', { exact: true }).first().waitFor()
      total = (await approver.locator('.batch-sum .amount-figure').textContent()) ?? ''
      await approver.context().close()

      const finance = await onStage().as('finance', { language: 'zh' })
      await finance.goto(`${onStage().address}/office/treasury`)
      await finance.getByRole('link', { name: '2022Q2-1' }).click()
      await takeStep(finance, '下达支付')
      await finance.getByText('支付中', { exact: true }).first().waitFor()
      await finance.goto(`${onStage().address}/office/ledger`)
      const balances = finance.getByRole('region', { name: '账户余额（表格）' })
      await balances.getByText(total).waitFor()
      await finance.context().close()
    })

    it('is read by an auditor, for whom every step says why it is not theirs', async () => {
      const page = await onStage().as('auditor', { language: 'en' })
      await page.goto(address)
      const actions = page.getByRole('region', { name: 'Actions' })
      await actions.waitFor()
      for (const button of await actions.getByRole('button').all()) assert.ok(await button.isDisabled())
      assert.match((await actions.textContent()) ?? '', /Approved already/)
      await page.goto(`${onStage().address}/office/audit`)
      await page.getByText('Approved a batch').first().waitFor()
      await page.context().close()
    })

    it('reaches the enterprise, and its figure opens into the reasons', async () => {
      await playQuarterFromPage(onStage())
      const page = await onStage().as('enterprise', { language: 'en', width: 375 })
      await page.goto(`${onStage().address}/enterprise`)
      await page
        .getByRole('link', { name: /Eligible.*arrived/ })
        .first()
        .click()
      const panel = page.getByRole('article')
      await panel.getByRole('heading', { name: 'Eligible: the interest is subsidised' }).waitFor()
      for (const part of [
        'Conditions of eligibility',
        'How the amount was worked out',
        'Approval and money',
      ]) {
        await panel.getByRole('heading', { name: part }).waitFor()
      }
      assert.match((await panel.textContent()) ?? '', /Inputs, SHA-256\s*[0-9a-f]{64}/)
      await page.goto(`${onStage().address}/enterprise/payments`)
      await page.getByText('arrived', { exact: true }).first().waitFor()
      await page.goto(`${onStage().address}/enterprise`)
      await page
        .getByRole('region', { name: 'The next money' })
        .getByText(/^\d{4}-\d\d-\d\d$/)
        .first()
        .waitFor()
      await page.context().close()
    })
    for (const language of ['zh', 'en'] as const) {
      it(`is explained on one page of A4, in ${language}`, async () => {
        const page = await onStage().as('officer', { language })
        await page.goto(`${onStage().address}/office/claims?answer=eligible`)
        await page.locator('a[data-row]').first().click()
        await page.getByRole('article').waitFor()
        const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
        assert.equal(printed.match(/\/Type\s*\/Page\b(?!s)/g)?.length, 1)
        await page.context().close()
      })
    }
  })
}

async function takeStep(page: Page, step: string): Promise<void> {
  await page.getByRole('region', { name: '办理' }).getByRole('button', { name: step }).click()
  await page.getByRole('dialog', { name: step }).getByRole('button', { name: step }).click()
}

/** The demonstration's clock is moved from the page, and everyone plays their part. */
async function playQuarterFromPage(stage: Stage): Promise<void> {
  const PLAYED_MS = 60_000
  const page = await stage.as('officer', { language: 'en' })
  await page.goto(`${stage.address}/office`)
  await page.getByRole('button', { name: 'Advance a quarter' }).click()
  await page.getByText(/^Advanced to 2022-09-22: /).waitFor({ timeout: PLAYED_MS })
  await page.getByRole('img', { name: /^Sankey diagram/ }).waitFor()
  await page.context().close()
}
