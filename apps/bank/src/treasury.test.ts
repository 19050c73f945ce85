import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { Platform, PlatformUnavailableError } from './platform.ts'
import { signerOf } from './signature.ts'
import { fictionalWorld } from './testing/fictional-world.ts'
import { type Payment, paymentOrder } from './testing/payment-order.ts'
import { StubPlatform } from './testing/stub-platform.ts'
import { PaymentFileError, readPaymentFile } from './treasury/payment-file.ts'
import { debitNotification, statusReport } from './treasury/receipts.ts'
import { Treasury, TreasuryError } from './treasury.ts'

const repository = resolve(import.meta.dirname, '../../..')
const schemas = join(process.env.MILLRACE_DATA ?? join(repository, '../shared/data'), 'iso20022')
const skip = existsSync(schemas) ? false : `the schemas are not in ${schemas}`

function assertValid(xml: string, schema: string): void {
  using schemaDocument = XmlDocument.fromString(readFileSync(join(schemas, `${schema}.xsd`), 'utf8'))
  using validator = XsdValidator.fromDoc(schemaDocument)
  using document = XmlDocument.fromString(xml)
  validator.validate(document)
}

const GOOD: Payment = {
  end_to_end_id: 'PAY-1',
  amount: '100722.22',
  payee: '“水车”& <磨坊> 灯具厂',
  account_number: '6220000000000000001',
}
const CLOSED: Payment = {
  ...GOOD,
  end_to_end_id: 'PAY-2',
  amount: '0.01',
  account_number: '6220000000000000002',
}
const faulty = new Map([[CLOSED.account_number, 'AC04' as const]])
const refuse = ({ account_number }: { account_number: string }) => faulty.get(account_number)
const fileOf = (...payments: Payment[]) => readPaymentFile(paymentOrder('BATCH-1', payments))

const kindOf = (xml: string) => /xsd:(\w+\.\d+)/.exec(xml)?.[1]

suite('the receipts of the treasury', () => {
  test('are valid against the published schemas', { skip }, () => {
    assertValid(paymentOrder('BATCH-1', [GOOD, CLOSED]), 'pain.001.001.10')
    for (const file of [fileOf(GOOD), fileOf(CLOSED), fileOf(GOOD, CLOSED)]) {
      assertValid(statusReport(file, refuse, '2022-09-30').xml, 'pain.002.001.11')
      const notification = debitNotification(file, refuse, '2022-09-30')
      if (notification) assertValid(notification.xml, 'camt.054.001.08')
    }
  })

  test('accept what can be paid, and reject the rest with the reason', () => {
    const { xml } = statusReport(fileOf(GOOD, CLOSED), refuse, '2022-09-30')
    assert.match(xml, /<GrpSts>PART</)
    assert.match(xml, /<OrgnlEndToEndId>PAY-1<\/OrgnlEndToEndId><TxSts>ACSP</)
    assert.match(
      xml,
      /<OrgnlEndToEndId>PAY-2<\/OrgnlEndToEndId><TxSts>RJCT<\/TxSts><StsRsnInf><Rsn><Cd>AC04</,
    )
    assert.match(xml, /<OrgnlCtrlSum>100722.23</)
  })

  test('notify a debit for each payment that was made, and nothing where none was', () => {
    const notification = debitNotification(fileOf(GOOD, CLOSED), refuse, '2022-09-30')
    assert.match(notification?.xml ?? '', /<EndToEndId>PAY-1</)
    assert.match(notification?.xml ?? '', /<Amt Ccy="CNY">100722.22</)
    assert.doesNotMatch(notification?.xml ?? '', /PAY-2/)
    assert.equal(debitNotification(fileOf(CLOSED), refuse, '2022-09-30'), undefined)
  })

  test('bear the same identifier for the same file on the same day only', () => {
    const on = (day: string) => statusReport(fileOf(GOOD), refuse, day)
    assert.deepEqual(on('2022-09-30'), on('2022-09-30'))
    assert.notEqual(on('2022-09-30').message_id, on('2022-10-01').message_id)
    assert.ok(on('2022-09-30').message_id.length <= 35)
  })

  test('are not made of a file that lacks what they need', () => {
    const xml = paymentOrder('BATCH-1', [GOOD]).replace('<EndToEndId>PAY-1</EndToEndId>', '')
    assert.throws(() => readPaymentFile(xml), new PaymentFileError('PmtId/EndToEndId'))
  })
})

suite('the treasury', () => {
  const world = fictionalWorld(1, 5)
  let stub: StubPlatform
  let platform: Platform
  before(async () => {
    stub = new StubPlatform(world)
    stub.businessDate = '2022-09-30'
    platform = new Platform(await stub.listen())
  })
  after(() => stub.close())

  test('pays every batch that was sent, once', async () => {
    stub.batches.set('id-1', paymentOrder('BATCH-1', [GOOD, CLOSED]))
    stub.batches.set('id-2', paymentOrder('BATCH-2', [{ ...GOOD, end_to_end_id: 'PAY-3' }]))
    const treasury = new Treasury(platform, signerOf(world.treasury), faulty)
    const [one, other] = await Promise.all([treasury.settle(), treasury.settle()])
    assert.deepEqual(one, { batches: 2, paid: 2, rejected: 1 })
    assert.deepEqual(other, { batches: 0, paid: 0, rejected: 0 })
    assert.deepEqual(treasury.settled(), one)
    assert.equal(stub.receipts.length, 4)
  })

  test('pays into the account that the enterprise has corrected', async () => {
    stub.receipts.length = 0
    stub.batches.set('id-3', paymentOrder('BATCH-3', [{ ...CLOSED, account_number: '6220000000000000009' }]))
    const treasury = new Treasury(platform, signerOf(world.treasury), faulty)
    assert.deepEqual(await treasury.settle(), { batches: 1, paid: 1, rejected: 0 })
  })

  test('sends its receipts twice where duplicates are asked for', async () => {
    stub.receipts.length = 0
    stub.batches.set('id-4', paymentOrder('BATCH-4', [GOOD]))
    await new Treasury(platform, signerOf(world.treasury), faulty, true).settle()
    assert.equal(stub.receipts.length, 4)
    assert.equal(stub.receipts[0], stub.receipts[1])
  })

  test('that failed between its two receipts sends the second at its next turn', async () => {
    stub.receipts.length = 0
    stub.batches.set('id-5', paymentOrder('BATCH-5', [GOOD, CLOSED]))
    const impatient = new Platform(stub.origin, undefined, { attempts_max: 1 })
    const treasury = new Treasury(impatient, signerOf(world.treasury), faulty)
    stub.onReceipt = async () => {
      stub.failNext.push(503)
      stub.onReceipt = async () => {}
    }
    await assert.rejects(treasury.settle(), PlatformUnavailableError)
    assert.deepEqual(await treasury.settle(), { batches: 1, paid: 1, rejected: 1 })
    assert.deepEqual(stub.receipts.map(kindOf), ['pain.002', 'camt.054'])
    assert.deepEqual(await treasury.settle(), { batches: 0, paid: 0, rejected: 0 })
  })

  test('says what the platform answered where its signature is not taken', async () => {
    const [bank] = world.banks
    assert.ok(bank)
    await assert.rejects(new Treasury(platform, signerOf(bank), faulty).settle(), TreasuryError)
  })
})
