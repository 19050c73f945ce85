import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { checkCreditCode, checkDigit, divisionOf, normaliseCreditCode } from './credit-code.ts'

const VECTORS: readonly [code: string, expects: string, organisationCode: boolean, note: string][] = [
  ['91310110666007217T', 'T', true, ''],
  ['91310115591693856A', 'A', true, ''],
  ['91350100M000100Y43', '3', true, ''],
  ['914403001922038216', '6', true, ''],
  ['91330100799655058B', 'B', true, ''],
  ['91110000600037341L', 'L', true, ''],
  ['91350211M00013FA1N', '3', true, 'a real code of the early pilot'],
  ['91440101190481243Y', 'Q', false, 'negative'],
  ['11442000007332804M', 'J', false, 'negative'],
  ['91442000MA00000A91', '1', true, 'an enterprise'],
  ['91442000MA00000B7U', 'U', true, 'an enterprise'],
  ['91442000MA4UA1B25X', 'X', true, 'an enterprise'],
  ['11442000MB00000192', '2', true, 'a government body'],
  ['12442000MB0000027R', 'R', true, 'an institution'],
]

const FAULTS: readonly [code: string, fault: string][] = [
  ['', 'length'],
  ['91442000MA00000A9', 'length'],
  ['91442000MA00000A911', 'length'],
  ['91442000MAO0000A91', 'charset'],
  ['9144200OMA00000A9I', 'charset'],
  ['B1442000MA00000A91', 'category'],
  ['90442000MA00000A91', 'category'],
  ['91044200MA00000A91', 'division'],
  ['9144200AMA00000A91', 'division'],
  ['91442000MA00000A92', 'check-digit'],
]

describe('a unified social credit code', () => {
  for (const [code, expects, organisationCode, note] of VECTORS) {
    it(`${code} calls for the check digit ${expects}${note && `: ${note}`}`, () => {
      const check = checkCreditCode(code)
      assert.equal(check.expectedCheckDigit, expects)
      assert.equal(check.fault, code.endsWith(expects) ? undefined : 'check-digit')
      assert.equal(check.organisationCodeHolds, organisationCode)
    })
  }

  for (const [code, fault] of FAULTS) {
    it(`"${code}" is refused first for its ${fault}`, () => assert.equal(checkCreditCode(code).fault, fault))
  }

  it('is written half-width, in upper case, without spaces and hyphens', () => {
    const spellings = [
      ' 91442000MA00000A91 ',
      '91442000ma00000a91',
      '９１４４２０００ＭＡ０００００Ａ９１',
      '91-442000-MA00000A9-1',
      '9144 2000 MA00 000A 91\u00a0',
      '\ufeff91442000MA00000A91',
    ]
    for (const spelling of spellings) assert.equal(normaliseCreditCode(spelling), '91442000MA00000A91')
  })

  it('names the division of its registrar, unless that is a central one', () => {
    assert.equal(divisionOf('91442000MA00000A91'), '442000')
    assert.equal(divisionOf('51100000500000000X'), undefined)
  })

  it('betrays every single wrong character and every swap of neighbours', () => {
    const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
    const bodies = fc.array(fc.constantFrom(...alphabet), { minLength: 9, maxLength: 9 })
    fc.assert(
      fc.property(bodies, fc.nat(8), fc.constantFrom(...alphabet), (body, at, other) => {
        const first = `91442000${body.join('')}`
        const sound = first + checkDigit(first)
        assert.equal(checkCreditCode(sound).fault, undefined)
        const wrong = sound.slice(0, 8 + at) + other + sound.slice(9 + at)
        assert.equal(checkCreditCode(wrong).fault, wrong === sound ? undefined : 'check-digit')
        const swapped = sound.slice(0, 7 + at) + sound[8 + at] + sound[7 + at] + sound.slice(9 + at)
        if (swapped !== sound) assert.notEqual(checkCreditCode(swapped).fault, undefined)
      }),
    )
  })

  it('is normalised to the same text twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), text => {
        const once = normaliseCreditCode(text)
        assert.equal(normaliseCreditCode(once), once)
      }),
    )
  })
})
