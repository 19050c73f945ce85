import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readHeading } from './columns.ts'

describe('the heading of a file of organisations', () => {
  it('is understood as open data sets write it', () => {
    const heading =
      '企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址'
    const { at, unknown } = readHeading(heading.split(','))
    assert.deepEqual(at, {
      name: 0,
      credit_code: 1,
      established_on: 2,
      kind: 3,
      capital: 5,
      business_scope: 6,
      region: 8,
      address: 9,
    })
    assert.deepEqual(unknown, [])
  })

  it('is understood in other words, in English, and with a mark before it', () => {
    assert.deepEqual(readHeading(['\ufeff单位名称', '信用代码', '住所']).at, {
      name: 0,
      credit_code: 1,
      address: 2,
    })
    assert.deepEqual(readHeading(['Name', 'USCC', 'Status']).at, { name: 0, credit_code: 1, status: 2 })
  })

  it('says in which unit capital is counted', () => {
    assert.equal(readHeading(['名称', '信用代码', '注册资本（万元）']).capitalUnit, '万元')
  })

  it('names the columns that are not read', () => {
    assert.deepEqual(readHeading(['名称', '信用代码', '备注', '电话']).unknown, ['备注', '电话'])
  })

  const refused: readonly [heading: string[], code: string][] = [
    [['姓名', '电话'], 'import.heading-unknown'],
    [['企业名称', '注册地址'], 'import.heading-unknown'],
    [[''], 'import.heading-unknown'],
    [['企业名称', '统一社会信用代码', '名称'], 'import.heading-repeated'],
  ]
  for (const [heading, code] of refused) {
    it(`"${heading.join()}" is refused as ${code}`, () => {
      assert.throws(() => readHeading(heading), { code })
    })
  }
})
