import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { findOrganisation } from './get-organisation.ts'
import type { ImportResult } from './import-result.ts'
import { overrideCreditCode } from './override-credit-code.ts'
import {
  codeOf,
  csv,
  emptyRegistry,
  HEADING,
  importText,
  inGb18030,
  registryState,
  rowText,
} from './test/fixtures.ts'

const everyone = { kind: 'all' } as const
const officer = {
  id: 'officer-1',
  name: 'Officer',
  role: 'officer',
  bankCode: null,
  creditCode: null,
  townCode: null,
} as const

const counts = ({ rows, created, updated, unchanged, rejected }: ImportResult) => ({
  rows,
  created,
  updated,
  unchanged,
  rejected,
})
const codes = ({ problems }: ImportResult) =>
  problems
    .filter(problem => problem.code !== 'credit-code.organisation-code')
    .map(({ line, code }) => [line, code])

describe('importing organisations', () => {
  let database: TestDatabase

  before(async () => {
    database = await testDatabase()
  })

  beforeEach(() => emptyRegistry(database))

  const facts = async (code: string) => {
    const found = await findOrganisation(database.db, code, everyone)
    return Object.fromEntries((found?.facts ?? []).map(({ fact, value }) => [fact, value]))
  }

  it('takes each fact of a row, typed, and leaves open what the row does not say', async () => {
    const row = rowText(1, { capital: '1,720.5(万香港元)', kind: 'N/A' })
    const result = await importText(database, csv(row))
    assert.deepEqual(counts(result), { rows: 1, created: 1, updated: 0, unchanged: 0, rejected: 0 })
    assert.deepEqual(await facts(codeOf(1)), {
      name: '柳溪第1机械厂',
      kind: null,
      status: null,
      established_on: '1999-05-06',
      capital: '17205000',
      capital_currency: 'HKD',
      business_scope: '生产、销售：机械设备。',
      address: '示例省测试市柳溪镇长安路1号',
      division_code: '990100',
      town_code: '990100101',
      industry_code: null,
      size_class: null,
      dishonest: null,
    })
  })

  it('changes nothing when the same file comes again', async () => {
    const file = csv(
      rowText(1),
      rowText(2),
      rowText(2, { name: '另一个名字' }),
      rowText(3, { capital: 'N/A' }),
    )
    await importText(database, file)
    const before = await registryState(database)
    const again = await importText(database, file)
    assert.deepEqual(counts(again), { rows: 4, created: 0, updated: 0, unchanged: 4, rejected: 0 })
    assert.deepEqual(await registryState(database), before)
  })

  it('writes a version for each change, of the facts that changed', async () => {
    await importText(database, csv(rowText(1), rowText(2)), { asOf: '2022-01-01' })
    const renamed = rowText(1, { name: '柳溪精密机械厂', capital: '300万人民币' })
    const result = await importText(database, csv(renamed, rowText(2)), { asOf: '2022-06-01' })
    assert.deepEqual(counts(result), { rows: 2, created: 0, updated: 1, unchanged: 1, rejected: 0 })
    const page = await findOrganisation(database.db, codeOf(1), everyone)
    assert.deepEqual(
      page?.history.map(({ version, source, changes }) => [version, source?.as_of, changes.length]),
      [
        [2, '2022-06-01', 2],
        [1, '2022-01-01', 9],
      ],
    )
    assert.deepEqual(page?.history[0]?.changes, [
      { fact: 'name', from: '柳溪第1机械厂', to: '柳溪精密机械厂' },
      { fact: 'capital', from: '2000000', to: '3000000' },
    ])
    const asOf = Object.fromEntries((page?.facts ?? []).map(({ fact, source }) => [fact, source?.as_of]))
    assert.equal(asOf.name, '2022-06-01')
    assert.equal(asOf.capital, '2022-06-01')
    assert.equal(asOf.address, '2022-01-01')
    assert.equal(asOf.size_class, undefined)
  })

  it('takes no fact away for a cell that says nothing or a column that is not there', async () => {
    await importText(database, csv(rowText(1)))
    const before = await facts(codeOf(1))
    const empty = rowText(1, {
      capital: 'N/A',
      scope: '',
      established: '1900-01-01',
      kind: '-',
      address: 'N/A',
    })
    assert.equal((await importText(database, csv(empty))).unchanged, 1)
    const narrow = `统一社会信用代码,企业名称\n${codeOf(1)},柳溪第1机械厂\n`
    assert.equal((await importText(database, narrow)).unchanged, 1)
    assert.deepEqual(await facts(codeOf(1)), before)
  })

  it('opens the town again when a new address does not say it', async () => {
    await importText(database, csv(rowText(1)))
    await importText(database, csv(rowText(1, { address: '示例省测试市人民路9号' })))
    assert.equal((await facts(codeOf(1))).town_code, null)
    const page = await findOrganisation(database.db, codeOf(1), everyone)
    assert.deepEqual(
      page?.history[0]?.changes.map(({ fact, to }) => [fact, to]),
      [
        ['address', '示例省测试市人民路9号'],
        ['town_code', null],
      ],
    )
  })

  it('takes the first of the rows that share a code, and names the others', async () => {
    const file = csv(
      rowText(1, { name: '甲' }),
      rowText(2),
      rowText(1, { name: '乙' }),
      rowText(1, { name: '丙' }),
    )
    const result = await importText(database, file)
    assert.deepEqual(counts(result), { rows: 4, created: 2, updated: 0, unchanged: 2, rejected: 0 })
    assert.deepEqual(codes(result), [
      [4, 'row.repeated'],
      [5, 'row.repeated'],
    ])
    assert.equal((await facts(codeOf(1))).name, '甲')
  })

  it('rejects rows with an error, each with its line, column and value, and takes the others', async () => {
    const wrongDigit = `${codeOf(5).slice(0, 17)}${codeOf(5).endsWith('1') ? '2' : '1'}`
    const result = await importText(
      database,
      csv(
        rowText(1, { code: '' }),
        rowText(2, { code: '12345' }),
        rowText(3, { code: `O${codeOf(3).slice(1)}` }),
        rowText(4, { name: 'N/A' }),
        rowText(5, { code: wrongDigit }),
        'only,three,cells',
        rowText(6, { name: '断"引号"' }).replace('断""引号""', '断"引号'),
        rowText(7, { name: 'nul\0byte' }),
        rowText(8, { scope: 'x'.repeat(30_000) }),
        rowText(9),
      ),
    )
    assert.deepEqual(counts(result), { rows: 10, created: 1, updated: 0, unchanged: 0, rejected: 9 })
    assert.deepEqual(codes(result), [
      [2, 'credit-code.missing'],
      [3, 'credit-code.length'],
      [4, 'credit-code.charset'],
      [5, 'name.missing'],
      [6, 'credit-code.check-digit'],
      [7, 'row.cells'],
      [8, 'row.text-after-quote'],
      [9, 'cell.not-text'],
      [10, 'cell.too-long'],
    ])
    assert.deepEqual(
      result.problems.find(problem => problem.line === 6),
      {
        line: 6,
        column: '统一社会信用代码',
        value: wrongDigit,
        code: 'credit-code.check-digit',
        detail: codeOf(5).slice(17),
      },
    )
  })

  it('takes rows that are merely odd, with a warning', async () => {
    const result = await importText(
      database,
      csv(
        rowText(1, { established: '1900-01-01' }),
        rowText(2, { established: '某年' }),
        rowText(3, { capital: '30万金币' }),
        rowText(4, { capital: '若干' }),
        rowText(5, { address: '测试市人民路1号' }),
        rowText(6, { kind: '集体分支机构(非法人)' }),
        rowText(7, { scope: 'N/A' }),
      ),
    )
    assert.deepEqual(counts(result), { rows: 7, created: 7, updated: 0, unchanged: 0, rejected: 0 })
    assert.deepEqual(codes(result), [
      [2, 'established.placeholder'],
      [3, 'established.unreadable'],
      [4, 'capital.currency-unknown'],
      [5, 'capital.unreadable'],
      [6, 'address.no-town'],
      [7, 'kind.branch'],
      [8, 'cell.nothing'],
    ])
    assert.equal((await facts(codeOf(3))).capital, '300000')
    assert.equal((await facts(codeOf(3))).capital_currency, null)
  })

  it('takes a code whose check digit is wrong once evidence for it is on file', async () => {
    const real = '91350211M00013FA1N'
    const file = csv(rowText(1, { code: real }))
    assert.equal((await importText(database, file)).rejected, 1)
    await database.db.transaction().execute(tx =>
      overrideCreditCode(tx, {
        creditCode: real,
        reason: '早期试点代码',
        evidence: '营业执照副本',
        actor: officer,
      }),
    )
    const result = await importText(database, file)
    assert.equal(result.created, 1)
    assert.ok(codes(result).some(([, code]) => code === 'credit-code.overridden'))
    const page = await findOrganisation(database.db, real, everyone)
    assert.equal(page?.code_check, 'overridden')
    assert.equal(page?.override?.evidence, '营业执照副本')
  })

  it('reads UTF-8 with and without a mark, GB18030, and any line ending alike', async () => {
    const text = csv(rowText(1, { name: '镕㐂机械厂' }), rowText(2))
    await importText(database, text)
    const before = await registryState(database)
    for (const file of [`\ufeff${text}`, inGb18030(text), text.replaceAll('\r\n', '\n'), `${text}\r\n\r\n`]) {
      const result = await importText(database, file)
      assert.deepEqual(counts(result), { rows: 2, created: 0, updated: 0, unchanged: 2, rejected: 0 })
    }
    assert.deepEqual(await registryState(database), before)
  })

  it('changes nothing in a dry run, and says what it would do', async () => {
    await importText(database, csv(rowText(1), rowText(2)))
    const before = await registryState(database)
    const file = csv(rowText(1), rowText(2, { name: '改名' }), rowText(3), rowText(4, { code: 'x' }))
    const tried = await importText(database, file, { dryRun: true })
    assert.deepEqual(await registryState(database), before)
    const done = await importText(database, file)
    assert.deepEqual(counts(tried), { rows: 4, created: 1, updated: 1, unchanged: 1, rejected: 1 })
    assert.deepEqual(counts(done), counts(tried))
  })

  const refused: readonly [what: string, content: string | Buffer, code: string][] = [
    ['an empty file', '', 'import.file-empty'],
    ['a file of empty lines', '\r\n\r\n', 'import.file-empty'],
    ['another heading', '姓名,电话\n张三,1\n', 'import.heading-unknown'],
    ['a heading with a cut quote', '"企业名称,统一社会信用代码\n甲,乙\n', 'import.heading-broken'],
    ['a heading twice', '企业名称,统一社会信用代码,名称\n', 'import.heading-repeated'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452000000010000', 'hex'), 'import.file-binary'],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]), 'import.file-binary'],
    ['UTF-16', Buffer.from(`\ufeff${HEADING}\n`, 'utf16le'), 'import.file-utf16'],
    ['an old sheet', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'import.file-old-sheet'],
    ['a broken sheet', Buffer.from('504b030414000000', 'hex'), 'import.sheet-unreadable'],
  ]
  for (const [what, content, code] of refused) {
    it(`refuses ${what} as a whole and says why`, async () => {
      const before = await registryState(database)
      await assert.rejects(importText(database, content), { code })
      assert.deepEqual(await registryState(database), before)
    })
  }

  it('says that a file which is not there cannot be opened', async () => {
    await assert.rejects(importText(database, '', { file: '/nowhere/at/all.csv' }), {
      code: 'import.file-unreadable',
    })
  })

  it('takes a heading without rows as a file of no rows', async () => {
    assert.deepEqual(counts(await importText(database, `${HEADING}\n`)), {
      rows: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      rejected: 0,
    })
  })
})

describe('whether an enterprise is on the list of dishonest debtors', () => {
  it('comes from a column of its own; what is no answer is left open', async () => {
    const database = await testDatabase()
    const head = '企业名称,统一社会信用代码,登记状态,失信被执行人'
    const lines = ['是', '否', '大概', ''].map((word, number) => `厂${number},${codeOf(number)},存续,${word}`)
    const result = await importText(database, [head, ...lines].join('\r\n'))
    assert.deepEqual(codes(result), [
      [4, 'dishonest.unknown'],
      [5, 'cell.nothing'],
    ])
    const rows = await database.db.selectFrom('organisation').select('dishonest').orderBy('name').execute()
    assert.deepEqual(
      rows.map(({ dishonest }) => dishonest),
      [true, false, null, null],
    )
  })
})
