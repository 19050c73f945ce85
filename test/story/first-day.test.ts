import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { readCity } from '../../apps/server/src/platform/city.ts'
import { parseYuan } from '../../apps/server/src/platform/money.ts'
import { checkDigit } from '../../apps/server/src/registry/index.ts'
import { millraceWith, type Outcome } from '../start/command.ts'
import { dataDirectory, type ServerProcess, startServer } from '../start/server-process.ts'
import { type BankProgram, expectedOf, newKey, startBank } from './bank-program.ts'
import { type Account, type Person, signIn } from './person.ts'

// The steps of "The first day of a new city" in docs/operations.md, in their order, on an empty data directory: what
// they need is the command line, the pages' own requests, and a bank that signs.

const CITY = 'zhongshan'
const ENTERPRISES = 8
const BANK = '102100099996'
const THROUGH = '2022-06-30'
const STORY = ['--loans', '12', '--quarters', '1']

const folder = dataDirectory()
const dataDir = join(folder, 'data')
const bankKey = newKey('riverbank-2022')
const treasuryKey = newKey('treasury-2022')
const { code: division } = readCity(CITY)
const enterprises = Array.from({ length: ENTERPRISES }, (_, number) => {
  const body = `91${division}MA${String(number).padStart(7, '0')}`
  return {
    credit_code: body + checkDigit(body),
    name: `首日机械厂${number + 1}`,
    status: '存续',
    dishonest: false,
  }
})
const filings = enterprises.map(({ credit_code }, number) => ({
  filing_number: `B2022-${number + 1}`,
  credit_code,
  filed_on: '2022-05-05',
  state: 'in_force',
  approval_number: `2205-${division}-04-01-00000${number}`,
  site_in_city: true,
  contract_signed_on: '2022-05-04',
  verified_investment: '60000000.00',
  civil_works: '5000000.00',
}))

function file(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\n'))
  return path
}

const FILING_HEADING =
  '备案编号,统一社会信用代码,项目名称,核准或备案文号,是否在本市,合同签订日期,核定投资额（万元）,土建投资（万元）,备案日期'
const filingLine = (filing: (typeof filings)[number]) =>
  [
    ...[filing.filing_number, filing.credit_code, '智能生产线', filing.approval_number, '是'],
    ...[filing.contract_signed_on, '6000', '500', filing.filed_on],
  ].join(',')

/** A command that must succeed, and what it printed. */
async function done(...words: readonly string[]): Promise<Outcome> {
  const outcome = await millraceWith(dataDir, { MILLRACE_CITY: CITY }, ...words)
  assert.equal(outcome.code, 0, `${words.join(' ')}: ${outcome.stderr}`)
  return outcome
}

suite('the first day of a new city', () => {
  let server: ServerProcess
  let officer: Person
  let approver: Person
  let finance: Person
  let bank: BankProgram
  before(async () => {
    server = await startServer({ dataDir, city: CITY })
  })

  test('its people are put on record, and sign in with a second factor', async () => {
    const person = async (role: string) => {
      const words = ['user', 'add', `${role}@bureau.example`, '--role', role, '--name', role, '--json']
      return signIn(server.address, JSON.parse((await done(...words)).stdout) as Account)
    }
    officer = await person('officer')
    approver = await person('approver')
    finance = await person('finance')
  })

  test('its banks and its treasury are put on record, with their keys', async () => {
    const names = ['--name', '河岸银行股份有限公司', '--short-name', '河岸银行', '--from', '2022-01-05']
    await done('bank', 'add', BANK, ...names)
    const key = (text: string) => ['--algorithm', 'ed25519', '--public-key', text]
    await done('bank', 'key', BANK, bankKey.key_id, ...key(bankKey.public_key))
    await done('bank', 'key', 'treasury', treasuryKey.key_id, ...key(treasuryKey.public_key))
    const { stdout } = await done('bank', 'keys', '--json')
    assert.equal(JSON.parse(stdout).keys.length, 1)
  })

  test('the register comes in, and then what the court’s list says', async () => {
    const names = file(
      'register.csv',
      '企业名称,统一社会信用代码',
      ...enterprises.map(({ name, credit_code }) => `${name},${credit_code}`),
    )
    const { stdout } = await done('import', 'organisations', names, '--as-of', '2022-01-01', '--json')
    assert.equal(JSON.parse(stdout).created, ENTERPRISES)
    const checked = file(
      'checked.csv',
      '企业名称,统一社会信用代码,登记状态,失信被执行人',
      ...enterprises.map(({ name, credit_code }) => `${name},${credit_code},存续,否`),
    )
    const second = await done('import', 'organisations', checked, '--as-of', '2022-01-01', '--json')
    assert.equal(JSON.parse(second.stdout).updated, ENTERPRISES)
  })

  test('filings come in by the file: tried first, then taken, and a second time nothing changes', async () => {
    const lines = filings.slice(0, -2).map(filingLine)
    const broken = file('broken.csv', FILING_HEADING, ...lines, 'B2022-99,91,坏行,,是,,,,2022-05-05')
    const tried = await millraceWith(
      dataDir,
      { MILLRACE_CITY: CITY, LC_ALL: 'en_GB.UTF-8' },
      ...['import', 'filings', broken, '--dry-run', '--json'],
    )
    assert.equal(tried.code, 3)
    assert.match(tried.stderr + tried.stdout, /"rejected":1/)
    const sound = file('filings.csv', FILING_HEADING, ...lines)
    const taken = await done('import', 'filings', sound, '--json')
    assert.equal(JSON.parse(taken.stdout).created, lines.length)
    const again = JSON.parse((await done('import', 'filings', sound, '--json')).stdout)
    assert.deepEqual([again.created, again.updated, again.unchanged], [0, 0, lines.length])
  })

  let entered = ''
  test('… as a page does it, and one by one', async () => {
    const [byFile, byHand] = filings.slice(-2)
    assert.ok(byFile && byHand)
    const upload = () => {
      const form = new FormData()
      form.append('file', new Blob([`${FILING_HEADING}\n${filingLine(byFile)}\n`]), '备案.csv')
      return form
    }
    type Import = { created: number; unchanged: number }
    assert.equal((await officer.post<Import>('/api/v1/filing-imports', upload())).created, 1)
    assert.equal((await officer.post<Import>('/api/v1/filing-imports', upload())).unchanged, 1)
    await officer.post('/api/v1/filings', {
      ...byHand,
      state: undefined,
      site_town_code: null,
      project_name: '智能仓储',
      // Entered with a slip of the pen, which the next step corrects.
      contract_signed_on: '2022-05-03',
      reason: '备案证',
    })
    type Filings = { items: { id: string; filing_number: string }[] }
    const { items } = await officer.get<Filings>('/api/v1/filings')
    assert.equal(items.length, ENTERPRISES)
    entered = items.find(({ filing_number }) => filing_number === byHand.filing_number)?.id ?? ''
  })

  test('the year’s budget is appropriated', async () => {
    const { business_date } = await finance.get<{ business_date: string }>('/api/v1/clock')
    const year = Number(business_date.slice(0, 4))
    await finance.post('/api/v1/ledger/appropriations', { year, amount: '50000000.00', memo: '预算批复' })
  })

  let expected = 0n
  test('the bank’s program reports the first quarter in signed messages, and none is refused', async () => {
    const world = file(
      'world.json',
      JSON.stringify({
        seed: 7,
        city: { code: division },
        from: '2022-05-11',
        banks: [
          {
            ...{
              code: BANK,
              name: '河岸银行股份有限公司',
              cooperating_from: '2022-01-05',
              cooperating_to: null,
            },
            ...{ key_id: bankKey.key_id, algorithm: 'ed25519', private_key: bankKey.private_key },
          },
        ],
        treasury: { ...treasuryKey, algorithm: 'ed25519', name: '国库', bank_code: BANK },
        enterprises,
        filings,
        policy: {
          product: '数字贷',
          enterprise_status: '存续',
          starts_on: '2022-01-05',
          ends_on: '2025-12-31',
          filing_lapse_months: 6,
          projects_max: 2,
          years_max: 3,
          subsidy_rates: ['1'],
          yearly_cap: '30000000.00',
          interest_tolerance: '0.05',
        },
      }),
    )
    const words = ['--world', world, ...STORY]
    bank = await startBank(['--platform', server.address, ...words])
    const { unexpected_refusals, refusals } = await bank.play(THROUGH)
    assert.equal(unexpected_refusals, 0, JSON.stringify(refusals))
    const told = await expectedOf([...words, '--through', THROUGH])
    expected = BigInt(String(told.total_fen))
    assert.ok(expected > 0n, JSON.stringify(told).slice(0, 500))
  })

  test('a slip in a filing is corrected, and the claims of its enterprise are decided anew with the answer', async () => {
    const at = `/api/v1/filings/${entered}`
    type Filing = { etag: string; project_name: string }
    const { etag, project_name } = await officer.get<Filing>(at)
    const { filing_number: _, credit_code: __, ...facts } = filings.at(-1) ?? {}
    const correction = { ...facts, project_name, site_town_code: null, holds_from: null, reason: '合同原件' }
    await officer.post(`${at}/change`, correction, etag)
    const { history } = await officer.get<{ history: { changes: unknown[] }[] }>(at)
    const change = { fact: 'contract_signed_on', from: '2022-05-03', to: '2022-05-04' }
    assert.deepEqual(history[0]?.changes, [change])
  })

  test('what is owed is batched, approved, ordered, and paid to the fen', async () => {
    type Batch = { id: string; etag: string; total: string; sample: { claim_id: string }[] }
    const batch = await officer.post<Batch>('/api/v1/batches')
    const at = `/api/v1/batches/${batch.id}`
    for (const { claim_id } of (await officer.get<Batch>(at)).sample) {
      await officer.post(`${at}/remarks`, { kind: 'sample_checked', claim_id, text: '与原件一致' })
    }
    await officer.post(`${at}/submit`, { text: '请审批' }, (await officer.get<Batch>(at)).etag)
    await approver.post(`${at}/approve`, { text: '同意' }, (await approver.get<Batch>(at)).etag)
    await finance.post(`${at}/order`, undefined, (await finance.get<Batch>(at)).etag)
    const { paid, rejected } = await bank.settle()
    assert.ok(paid > 0)
    assert.equal(rejected, 0)
    assert.equal(parseYuan(batch.total), expected)
    const { items } = await finance.get<{ items: { kind: string; balance: string }[] }>(
      '/api/v1/ledger/accounts',
    )
    assert.equal(parseYuan(items.find(({ kind }) => kind === 'paid')?.balance ?? '0'), expected)
  })

  test('everything proves', async () => {
    const { stdout } = await done('verify', '--json')
    assert.equal(JSON.parse(stdout).holds, true)
  })
})
