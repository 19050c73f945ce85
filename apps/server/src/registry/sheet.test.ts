import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import ExcelJS from 'exceljs'
import { type TestDatabase, testDatabase } from '../../../../test/database.ts'
import { codeOf, emptyRegistry, fileOf, importText, registryState } from './test/fixtures.ts'

const HEADING = ['单位名称', '统一社会信用代码', '成立日期', '注册资本（万元）', '住所']

async function sheetOf(...rows: readonly ExcelJS.CellValue[][]): Promise<string> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('名录')
  for (const row of rows) sheet.addRow(row)
  return fileOf(Buffer.from(await workbook.xlsx.writeBuffer()), 'xlsx')
}

describe('a sheet of organisations', () => {
  let database: TestDatabase

  before(async () => {
    database = await testDatabase()
  })

  beforeEach(() => emptyRegistry(database))

  it('is read with its dates, numbers and formatted text', async () => {
    const file = await sheetOf(
      HEADING,
      ['柳溪机械厂', codeOf(1), new Date('1999-05-06T00:00:00Z'), 235.5, '测试市柳溪镇长安路1号'],
      [],
      [{ richText: [{ text: '石桥' }, { text: '电器厂' }] }, codeOf(2), '2001/2/3', '1,200万美元'],
    )
    const result = await importText(database, '', { file })
    assert.deepEqual([result.rows, result.created, result.rejected], [2, 2, 0])
    const { rows } = await database.pool.query(
      `select name, established_on, trim_scale(capital)::text as capital, capital_currency, town_code
       from organisation order by credit_code`,
    )
    assert.deepEqual(rows, [
      {
        name: '柳溪机械厂',
        established_on: '1999-05-06',
        capital: '2355000',
        capital_currency: 'CNY',
        town_code: '990100101',
      },
      {
        name: '石桥电器厂',
        established_on: '2001-02-03',
        capital: '12000000',
        capital_currency: 'USD',
        town_code: null,
      },
    ])
    const state = await registryState(database)
    assert.equal((await importText(database, '', { file })).unchanged, 2)
    assert.deepEqual(await registryState(database), state)
  })

  // The parts of a long sheet are read in portions, and a portion may end within a character.
  for (const [kind, useSharedStrings] of [
    ['shared by its cells', true],
    ['in its cells', false],
  ] as const) {
    it(`of any length keeps every character, its text ${kind}`, async () => {
      const file = fileOf('', 'xlsx')
      const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file, useSharedStrings })
      const sheet = workbook.addWorksheet('名录')
      const names = Array.from(
        { length: 3_000 },
        (_, index) => `${'柳溪石桥'.repeat(index % 12)}第${index}厂𫚖`,
      )
      for (const row of [HEADING, ...names.map((name, index) => [name, codeOf(index + 1), '', 1, ''])]) {
        sheet.addRow(row).commit()
      }
      await workbook.commit()
      const result = await importText(database, '', { file })
      assert.deepEqual([result.created, result.rejected], [names.length, 0])
      const { rows } = await database.pool.query('select name from organisation order by credit_code')
      assert.deepEqual(
        rows.map(({ name }) => name),
        names,
      )
    })
  }

  it('names formulas, errors and codes that lost their digits, by row and column', async () => {
    const file = await sheetOf(
      HEADING,
      [{ formula: 'A1&"厂"', result: '某厂' }, codeOf(1), '1999-05-06', 1, ''],
      ['乙厂', Number('914403001922038216'), '1999-05-06', 1, ''],
      ['丙厂', codeOf(3), '1999-05-06', { error: '#REF!' }, ''],
      ['丁厂', codeOf(4), '1999-05-06', 1, '测试市柳溪镇'],
    )
    const result = await importText(database, '', { file })
    assert.deepEqual([result.rows, result.created, result.rejected], [4, 1, 3])
    assert.deepEqual(
      result.problems
        .filter(({ code }) => code !== 'credit-code.organisation-code' && code !== 'cell.nothing')
        .map(({ line, column, code }) => [line, column, code]),
      [
        [2, '单位名称', 'cell.formula'],
        [3, '统一社会信用代码', 'cell.digits-lost'],
        [4, '注册资本（万元）', 'cell.sheet-error'],
      ],
    )
  })

  it('without rows or without a heading that is known is refused', async () => {
    const empty = await sheetOf()
    await assert.rejects(importText(database, '', { file: empty }), { code: 'import.heading-unknown' })
    const other = await sheetOf(['姓名', '电话'], ['张三', '1'])
    await assert.rejects(importText(database, '', { file: other }), { code: 'import.heading-unknown' })
  })
})
