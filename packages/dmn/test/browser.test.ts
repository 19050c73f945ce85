import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as engine, type Page } from 'playwright-core'
import { build } from 'vite'
import { check, evaluate, type PlainInputs, readModel } from '../src/index.ts'
import { ELIGIBLE } from './interest-subsidy.ts'
import { decisionXml, feelText } from './whole-model.ts'

const ADDRESS = 'https://engine.test/'
const AS_OF = '2026-06-21'
const POLICY = readFileSync(join(import.meta.dirname, 'fixtures/interest-subsidy.dmn'), 'utf8')
const CLOCKS = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="时刻" namespace="https://millrace.example/clocks">${decisionXml('换算', feelText('date and time("2026-03-29T02:30:00@Europe/Berlin") + duration("PT24H")'))}</definitions>`

describe('the engine in a browser', () => {
  let browser: Browser
  let page: Page
  let bundle: { code: string; modules: readonly string[] }

  before(async () => {
    bundle = await bundled(join(import.meta.dirname, 'fixtures/in-browser.ts'))
    browser = await engine.launch({
      executablePath: await chromium.executablePath(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    })
    page = await browser.newPage()
    await page.route(`${ADDRESS}**`, route =>
      route.request().url().endsWith('.js')
        ? route.fulfill({ contentType: 'text/javascript', body: bundle.code })
        : route.fulfill({
            contentType: 'text/html; charset=utf-8',
            // Nothing a strict page forbids is needed: no eval, no worker, no request.
            headers: { 'content-security-policy': "default-src 'none'; script-src 'self'" },
            body: '<!doctype html><meta charset="utf-8"><script src="engine.js"></script>',
          }),
    )
    await page.goto(ADDRESS)
  })

  after(() => browser?.close())

  const inBrowser = (xml: string, decision: string, inputs: PlainInputs) =>
    page.evaluate(
      request => {
        const { decide } = globalThis as unknown as { decide: (...request: string[]) => string }
        return decide(...request)
      },
      [xml, decision, JSON.stringify(inputs), AS_OF],
    )

  it('answers there what it answers here, trace and messages included', async () => {
    for (const [xml, decision, inputs] of [
      [POLICY, '贴息金额', ELIGIBLE],
      [POLICY, '贴息金额', { ...ELIGIBLE, 合同金额: null, 企业登记状态: '搬迁' }],
      [CLOCKS, '换算', {}],
    ] as const) {
      const model = readModel(xml, { file: '贴息.dmn' })
      const here = JSON.stringify({
        problems: check(model),
        answer: evaluate(model, decision, inputs, { asOf: AS_OF }),
      })
      assert.equal(await inBrowser(xml, decision, inputs), here)
    }
  })

  it('names nothing that only Node has', () => {
    const files = globSync(join(import.meta.dirname, '../src/**/*.ts'))
    assert.ok(files.length > 100)
    for (const file of files) {
      assert.doesNotMatch(
        readFileSync(file, 'utf8'),
        /\b(Buffer|process|require|__dirname|setImmediate)\b[.(]/,
        file,
      )
    }
  })

  it('brings neither what compiles to SQL nor what compiles to JavaScript along', () => {
    assert.ok(bundle.modules.some(id => id.includes('/src/evaluate/')))
    assert.deepEqual(
      bundle.modules.filter(id => /\/src\/(sql|javascript|fold)\//.test(id)),
      [],
    )
  })
})

/** As a bundler makes it for a page: one script, and the modules in it. */
async function bundled(entry: string): Promise<{ code: string; modules: readonly string[] }> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, rolldownOptions: { input: entry, output: { format: 'iife' } } },
  })
  const [chunk] = 'output' in result ? result.output : []
  assert.ok(chunk?.type === 'chunk')
  return { code: chunk.code, modules: chunk.moduleIds }
}
