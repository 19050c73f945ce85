import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import type { Stage } from './stage.ts'

const FIRST_LOAD = join(import.meta.dirname, '../../apps/web/scripts/first-load.ts')

export function frontDoors(onStage: () => Stage): void {
  describe('the front doors', () => {
    it('load less than 200 kB of script, compressed', async () => {
      const { stdout } = await promisify(execFile)(process.execPath, [FIRST_LOAD])
      assert.match(stdout, /front\.tsx: \d+ bytes/)
    })

    it('greet a visitor in the language of the browser and remember another choice', async () => {
      const page = await onStage().visitor({ language: 'zh' })
      await page.getByRole('heading', { level: 1, name: '不用申请，贴息到账。' }).waitFor()
      assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN')
      await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('heading', { level: 1, name: 'Nobody applies.' }).waitFor()
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Nobody applies.' }).waitFor()
      assert.equal(await page.getAttribute('html', 'lang'), 'en')
      await page.context().close()
    })

    it('lead a visitor through the sign-in to the page that was asked for', async () => {
      const { address, visitor, accounts } = onStage()
      const page = await visitor({ language: 'en' })
      await page.goto(`${address}/office/claims`)
      await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
      const officer = (await accounts()).find(({ role }) => role === 'officer')
      assert.ok(officer)
      await page.getByLabel('E-mail').fill(officer.email)
      await page.getByLabel('Password').fill(officer.password)
      await page.locator('form').getByRole('button', { name: 'Sign in' }).click()
      await page.getByLabel('One-time code').fill('000000')
      await page.getByRole('button', { name: 'Verify' }).click()
      await page.getByText('The code is wrong or has expired').waitFor()
      const now = (await accounts()).find(({ role }) => role === 'officer')
      await page.getByLabel('One-time code').fill(now?.code ?? '')
      await page.getByRole('button', { name: 'Verify' }).click()
      await page.getByRole('heading', { level: 1, name: 'Claims' }).waitFor()
      await page.context().close()
    })

    it('refuse a wrong password in words', async () => {
      const page = await onStage().visitor({ language: 'zh' })
      await page.goto(`${onStage().address}/sign-in`)
      await page.getByLabel('电子邮箱').fill('officer@millrace.example')
      await page.getByLabel('密码').fill('not the password')
      await page.locator('form').getByRole('button', { name: '登录' }).click()
      await page.getByText('邮箱或密码不对').waitFor()
      await page.context().close()
    })

    it('let an enterprise in with one click, to its own door and to no other, and out again', async () => {
      const { address, visitor } = onStage()
      const page = await visitor({ language: 'zh', width: 375 })
      await page.goto(`${address}/sign-in`)
      await page.getByRole('button', { name: '企业' }).first().click()
      await page.getByRole('heading', { name: '我的贴息' }).waitFor()
      await page.getByRole('button', { name: '菜单' }).click()
      const navigation = page.getByRole('navigation', { name: '主导航' })
      await navigation.getByRole('link', { name: '到账记录' }).waitFor()
      assert.equal(await navigation.getByRole('link', { name: '拨付批次' }).count(), 0)
      await page.goto(`${address}/office/batches`)
      await page.getByText('您的角色（企业）不能查看拨付批次').waitFor()
      await page.getByRole('button', { name: '退出' }).click()
      await page.getByRole('heading', { level: 1, name: '不用申请，贴息到账。' }).waitFor()
      await page.goto(`${address}/enterprise`)
      await page.getByRole('heading', { level: 1, name: '登录' }).waitFor()
      await page.context().close()
    })

    it('show a bank its own messages, and refuse it the programme', async () => {
      const page = await onStage().as('bank', { language: 'en' })
      await page.goto(`${onStage().address}/bank`)
      await page.getByRole('heading', { level: 1, name: 'Our messages' }).waitFor()
      assert.equal((await page.request.get(`${onStage().address}/api/v1/programme`)).status(), 403)
      await page.context().close()
    })
  })
}
