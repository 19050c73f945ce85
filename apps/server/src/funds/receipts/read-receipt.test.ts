import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { DomainError } from '../../platform/errors.ts'
import { needsSchemas, validate } from '../test/schemas.ts'
import { camt054, pain002 } from '../test/treasury-messages.ts'
import { readReceipt } from './read-receipt.ts'

const PAYMENT = { endToEndId: 'PB2022-0001-00001', amountFen: 4_175_278n, accountNumber: '6222000011112222' }

suite('reading a payment status report', () => {
  const report = pain002({
    messageId: 'T-2022-1',
    batchNumber: 'PB2022-0001',
    groupStatus: 'PART',
    transactions: [
      { ...PAYMENT, status: 'ACSC' },
      { endToEndId: 'PB2022-0001-00002', status: 'RJCT', reason: 'AC04' },
      { endToEndId: 'PB2022-0001-00003' },
    ],
  })

  test('the report of the tests is valid by the published schema', needsSchemas, () => {
    validate('pain.002.001.11', report)
  })

  test('finds each payment, what became of it and why', () => {
    const { kind, messageId, transactions } = readReceipt(report)
    assert.deepEqual([kind, messageId], ['pain.002.001.11', 'T-2022-1'])
    assert.deepEqual(transactions[0], {
      wholeBatch: false,
      endToEndId: 'PB2022-0001-00001',
      batchNumber: 'PB2022-0001',
      says: 'settled',
      statusCode: 'ACSC',
      reasonCode: null,
      amount: { fen: 4_175_278n, currency: 'CNY' },
      accountNumber: '6222000011112222',
      bookedOn: '2022-10-10',
      treasuryReference: null,
    })
    assert.deepEqual(
      transactions.map(({ says, reasonCode, amount }) => [says, reasonCode, amount?.fen]),
      [
        ['settled', null, 4_175_278n],
        ['rejected', 'AC04', undefined],
        ['pending', null, undefined],
      ],
    )
  })

  const statuses = [
    ['ACSC', 'settled'],
    ['ACCC', 'settled'],
    ['RJCT', 'rejected'],
    ['ACTC', 'pending'],
    ['ACSP', 'pending'],
    ['PDNG', 'pending'],
    ['XXXX', 'unknown'],
    ['toString', 'unknown'],
  ] as const
  for (const [status, says] of statuses) {
    test(`${status} says ${says}`, () => {
      const xml = pain002({
        messageId: 'm',
        batchNumber: 'b',
        transactions: [{ endToEndId: 'e', status }],
      })
      assert.equal(readReceipt(xml).transactions[0]?.says, says)
    })
  }

  test('without transactions it speaks of the whole batch', needsSchemas, () => {
    const xml = pain002({ messageId: 'm', batchNumber: 'b', groupStatus: 'RJCT', groupReason: 'DT01' })
    validate('pain.002.001.11', xml)
    const [only, ...others] = readReceipt(xml).transactions
    assert.deepEqual(
      [only?.wholeBatch, only?.batchNumber, only?.says, only?.reasonCode],
      [true, 'b', 'rejected', 'DT01'],
    )
    assert.equal(others.length, 0)
  })

  test('a transaction that names no payment never speaks of the whole batch', () => {
    const xml = pain002({
      messageId: 'm',
      batchNumber: 'b',
      transactions: [{ endToEndId: '', status: 'RJCT' }],
    })
    const [only] = readReceipt(xml).transactions
    assert.deepEqual([only?.wholeBatch, only?.endToEndId], [false, null])
  })
})

suite('reading a debit and credit notification', () => {
  test('finds booked payments one by one, in an entry of their own or together', needsSchemas, () => {
    const xml = camt054('T-2022-2', [
      [{ ...PAYMENT, bookedOn: '2022-10-12' }],
      [
        { endToEndId: 'b', amountFen: 1n },
        { endToEndId: 'c', amountFen: 2n, returned: 'AC04' },
      ],
      [{ endToEndId: 'd', amountFen: 3n, status: 'PDNG' }],
      [{ endToEndId: 'e', amountFen: 4n, status: 'WHAT' }],
    ])
    validate('camt.054.001.08', xml)
    const receipt = readReceipt(xml)
    assert.deepEqual(
      receipt.transactions.map(({ endToEndId, says, amount, reasonCode }) => [
        endToEndId,
        says,
        amount?.fen,
        reasonCode,
      ]),
      [
        ['PB2022-0001-00001', 'settled', 4_175_278n, null],
        ['b', 'settled', 1n, null],
        ['c', 'returned', 2n, 'AC04'],
        ['d', 'pending', 3n, null],
        ['e', 'unknown', 4n, null],
      ],
    )
    assert.equal(receipt.transactions[0]?.bookedOn, '2022-10-12')
    assert.equal(receipt.transactions[0]?.treasuryReference, 'T-1')
  })

  test('takes the amount of the entry for its only transaction, and never for one of several', () => {
    const alone = camt054('m', [[PAYMENT]]).replace(/(<TxDtls>.*)<Amt[^>]*>[^<]*<\/Amt>/, '$1')
    assert.equal(readReceipt(alone).transactions[0]?.amount?.fen, 4_175_278n)
    const two = camt054('m', [[{ endToEndId: 'a' }, { endToEndId: 'b' }]])
    assert.deepEqual(
      readReceipt(two).transactions.map(({ amount }) => amount),
      [null, null],
    )
  })

  test('an entry marked as a reversal is a return', () => {
    const xml = camt054('m', [[PAYMENT]]).replace('<Sts>', '<RvslInd>true</RvslInd><Sts>')
    assert.equal(readReceipt(xml).transactions[0]?.says, 'returned')
  })

  test('an entry without details is a transaction that names nothing', () => {
    const xml = camt054('m', [[PAYMENT]]).replace(/<NtryDtls>.*<\/NtryDtls>/, '')
    assert.deepEqual(
      readReceipt(xml).transactions.map(({ endToEndId }) => endToEndId),
      [null],
    )
  })

  const amounts = [
    ['41752.78', 'CNY', 4_175_278n],
    ['41752.780', 'CNY', 4_175_278n],
    ['41752', 'CNY', 4_175_200n],
    ['41752.785', 'CNY', null],
    ['4.175278e4', 'CNY', null],
    ['-1.00', 'CNY', null],
    ['', 'CNY', null],
  ] as const
  for (const [text, currency, fen] of amounts) {
    test(`"${text}" ${currency} is ${fen ?? 'no whole number of fen'}`, () => {
      const xml = camt054('m', [[PAYMENT]]).replaceAll('41752.78', text)
      assert.deepEqual(readReceipt(xml).transactions[0]?.amount, { fen, currency })
    })
  }
})

suite('what is not a receipt', () => {
  const good = pain002({ messageId: 'm', batchNumber: 'b', groupStatus: 'ACTC' })
  const body = good.slice(good.indexOf('<Document'))
  const billionLaughs = `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>${body.replace('>m<', '>&lol2;<')}`
  const hostile = [
    ['an entity that grows', billionLaughs, 'receipt.doctype'],
    [
      'an external entity',
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${body}`,
      'receipt.doctype',
    ],
    [
      'an external subset',
      `<!DOCTYPE Document SYSTEM "http://example.test/x.dtd">${body}`,
      'receipt.doctype',
    ],
    ['an undeclared entity', body.replace('>m<', '>&xxe;<'), 'receipt.malformed'],
    ['a cut file', good.slice(0, -20), 'receipt.malformed'],
    ['two roots', body + body, 'receipt.malformed'],
    ['an unbound prefix', '<a:Document/>', 'receipt.malformed'],
    ['a control character', body.replace('>m<', '>\u0001<'), 'receipt.malformed'],
    ['nothing', '', 'receipt.malformed'],
    ['JSON', '{"status":"ACSC"}', 'receipt.malformed'],
    ['elements without end', '<a>'.repeat(10_000), 'receipt.too-large'],
    [
      'deep elements',
      `${body.slice(0, body.indexOf('<CstmrPmtStsRpt'))}${'<x>'.repeat(30)}`,
      'receipt.too-large',
    ],
    ['another encoding', good.replace('UTF-8', 'GB18030'), 'receipt.encoding'],
    ['another version', good.replace('pain.002.001.11', 'pain.002.001.03'), 'receipt.kind-unknown'],
    ['no namespace', good.replace(/ xmlns="[^"]*"/, ''), 'receipt.kind-unknown'],
    ['a payment file', good.replace('pain.002.001.11', 'pain.001.001.10'), 'receipt.kind-unknown'],
    [
      'the message in a foreign namespace',
      good.replace('<CstmrPmtStsRpt>', '<CstmrPmtStsRpt xmlns="urn:other">'),
      'receipt.kind-unknown',
    ],
    ['no message id', good.replace('<MsgId>m</MsgId>', ''), 'receipt.message-id-missing'],
    ['an empty message id', good.replace('>m<', '> <'), 'receipt.message-id-missing'],
    ['a long message id', good.replace('>m<', `>${'m'.repeat(36)}<`), 'receipt.message-id-missing'],
  ] as const
  for (const [what, xml, code] of hostile) {
    test(`${what} is refused as ${code}`, () => assert.throws(() => readReceipt(xml), { code }))
  }

  test('more than fits is refused before it is read', () => {
    assert.throws(() => readReceipt(' '.repeat(48_000_001)), { code: 'receipt.too-large' })
  })

  test('prefixes, comments, CDATA and a byte order mark change nothing', () => {
    const plain = pain002({
      messageId: 'm',
      batchNumber: 'b',
      transactions: [{ ...PAYMENT, status: 'ACSC' }],
    })
    const prefixed = plain
      .replace(/<(\/?)([A-Z])/g, '<$1p:$2')
      .replace('xmlns=', 'xmlns:p=')
      .replace('>m<', '><!-- x --><![CDATA[m]]><')
    assert.deepEqual(readReceipt(prefixed), readReceipt(plain))
    assert.deepEqual(readReceipt(`\u{FEFF}${plain}`), readReceipt(plain))
  })

  test('elements of another namespace do not count, whatever they are called', () => {
    const xml = pain002({ messageId: 'm', batchNumber: 'b', transactions: [{ ...PAYMENT, status: 'RJCT' }] })
    const planted = xml.replace('<TxSts>RJCT', '<TxSts xmlns="urn:other">ACSC</TxSts><TxSts>RJCT')
    assert.equal(readReceipt(planted).transactions[0]?.says, 'rejected')
  })

  test('whatever is changed in a receipt, it is read or refused by name', () => {
    const xml = camt054('m', [[PAYMENT], [{ endToEndId: 'b', amountFen: 2n, returned: 'AC04' }]])
    const splice = fc.record({
      at: fc.nat(xml.length),
      drop: fc.nat(30),
      put: fc.oneof(
        fc.string({ maxLength: 8 }),
        fc.constantFrom('<', '>', '&', '</Ntry>', '<Ntry>', ']]>', '\u0000', '<!DOCTYPE a>', '&#0;', '<?x?>'),
      ),
    })
    fc.assert(
      fc.property(fc.array(splice, { minLength: 1, maxLength: 4 }), changes => {
        const changed = changes.reduce(
          (text, { at, drop, put }) => text.slice(0, at) + put + text.slice(at + drop),
          xml,
        )
        try {
          const { messageId, transactions } = readReceipt(changed)
          assert.ok(messageId.length > 0 && transactions.every(({ says }) => says.length > 0))
        } catch (error) {
          assert.ok(error instanceof DomainError && error.code.startsWith('receipt.'), String(error))
        }
      }),
      { numRuns: 500 },
    )
  })
})
