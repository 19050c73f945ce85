import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { XmlDocument } from 'libxml2-wasm'
import { formatYuan, parseYuan } from '../platform/money.ts'
import { type CreditTransfer, writePain001 } from './pain001.ts'
import { needsSchemas, validate } from './test/schemas.ts'

const NS = { p: 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.10' }
const payer = { holderName: '测试市财政局', accountNumber: '9901000000000001', bankCode: '102100099996' }

function transfer(change: Partial<CreditTransfer> = {}): CreditTransfer {
  return {
    endToEndId: 'PB2022-0001-00001',
    amountFen: parseYuan('41752.78'),
    payee: {
      holderName: '测试机械有限公司',
      accountNumber: '6222000011112222',
      bankCode: '103100000026',
    },
    reference: 'SB2022Q3-01',
    remittance: '数字贷贴息 2022年第三季度',
    ...change,
  }
}

function write(transfers: CreditTransfer[]): string {
  return writePain001({
    messageId: 'PB2022-0001',
    createdAt: new Date('2022-10-08T01:02:03Z'),
    executionDate: '2022-10-08',
    payer,
    transfers,
  })
}

/** What a reader of the file finds at a path. */
function read(xml: string, path: string): string[] {
  const document = XmlDocument.fromString(xml)
  try {
    return document.root.find(path, NS).map(node => node.content)
  } finally {
    document.dispose()
  }
}

suite('the payment file', () => {
  test('is valid by the published schema', needsSchemas, () => {
    validate('pain.001.001.10', write([transfer(), transfer({ endToEndId: 'PB2022-0001-00002' })]))
  })

  test('says who pays whom how much, from which bank to which, and for what', () => {
    const xml = write([transfer()])
    const expected = [
      ['//p:Dbtr/p:Nm', '测试市财政局'],
      ['//p:DbtrAcct//p:Othr/p:Id', '9901000000000001'],
      ['//p:DbtrAgt//p:MmbId', '102100099996'],
      ['//p:ReqdExctnDt/p:Dt', '2022-10-08'],
      ['//p:EndToEndId', 'PB2022-0001-00001'],
      ['//p:InstdAmt', '41752.78'],
      ['//p:InstdAmt/@Ccy', 'CNY'],
      ['//p:Cdtr/p:Nm', '测试机械有限公司'],
      ['//p:CdtrAcct//p:Othr/p:Id', '6222000011112222'],
      ['//p:CdtrAgt//p:ClrSysId/p:Cd', 'CNAPS'],
      ['//p:CdtrAgt//p:MmbId', '103100000026'],
      ['//p:CdtrRefInf/p:Ref', 'SB2022Q3-01'],
      ['//p:AddtlRmtInf', '数字贷贴息 2022年第三季度'],
    ] as const
    for (const [path, content] of expected) assert.deepEqual(read(xml, path), [content], path)
  })

  test('carries any name as it is written, and its control sum is exact', needsSchemas, () => {
    const name = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .map(text => text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '').trim())
      .filter(text => text.length > 0)
    const transfers = fc.array(
      fc.record({ holderName: name, amountFen: fc.bigInt(1n, 10n ** 14n), remittance: name }),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(transfers, all => {
        const xml = write(
          all.map(({ holderName, ...rest }) =>
            transfer({ ...rest, payee: { ...transfer().payee, holderName } }),
          ),
        )
        validate('pain.001.001.10', xml)
        const total = all.reduce((sum, { amountFen }) => sum + amountFen, 0n)
        assert.deepEqual(read(xml, '//p:CtrlSum'), [formatYuan(total), formatYuan(total)])
        assert.deepEqual(read(xml, '//p:NbOfTxs'), [String(all.length), String(all.length)])
        assert.deepEqual(
          read(xml, '//p:Cdtr/p:Nm'),
          all.map(({ holderName }) => holderName),
        )
        assert.deepEqual(
          read(xml, '//p:AddtlRmtInf'),
          all.map(({ remittance }) => remittance),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('cannot be broken out of by a name', () => {
    const holderName = '</Nm></Cdtr>&<![CDATA[x]]>\u0000\uD800'
    const xml = write([transfer({ payee: { ...transfer().payee, holderName } })])
    assert.deepEqual(read(xml, '//p:Cdtr/p:Nm'), ['</Nm></Cdtr>&<![CDATA[x]]>\u{FFFD}\u{FFFD}'])
  })
})
