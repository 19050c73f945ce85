import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { defaultCity } from '../app/default-city.ts'
import { isBankCode } from '../funds/index.ts'
import { readCity } from '../platform/city.ts'
import { demonstrationKey } from './keys.ts'
import { storyData } from './story-data.ts'

const city = readCity(defaultCity())
const towns = [
  { code: `${city.code}001`, name: '一街道' },
  { code: `${city.code}002`, name: '二镇' },
]
const size = { seed: 7, organisations: 3_000, loans: 600 }
const story = storyData(city, size, towns)
const organisations = [...story.organisations()]
/** The remainders of both check digits come out even. Source: GB 32100-2015, GB 11714-1997 */
function isSound(code: string): boolean {
  const values = [...code].map(each => '0123456789ABCDEFGHJKLMNPQRTUWXY'.indexOf(each))
  const sum = values.slice(0, 17).reduce((total, value, index) => total + value * (3 ** index % 31), 0)
  const organisation = [...code.slice(8, 16)].map(each => Number.parseInt(each, 36))
  const inner = organisation.reduce(
    (total, value, index) => total + value * ([3, 7, 9, 10, 5, 8, 4, 2][index] ?? 0),
    0,
  )
  const last = code[16] === 'X' ? 10 : Number(code[16])
  return (sum + (values[17] ?? 0)) % 31 === 0 && (inner + last) % 11 === 0
}

const plain = (value: unknown) =>
  JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString() : each))

suite('demonstration data', () => {
  test('are the same for the same seed, and others for another', () => {
    const again = storyData(city, size, towns)
    assert.equal(plain([...again.organisations()]), plain(organisations))
    assert.equal(plain([again.filings, again.banks]), plain([story.filings, story.banks]))
    const other = storyData(city, { ...size, seed: 8 }, towns)
    assert.notEqual(plain(other.filings), plain(story.filings))
  })

  test('can be taken for nobody: every enterprise, bank and project says that it is an example', () => {
    for (const { name } of [...organisations, ...story.banks, story.treasury]) assert.match(name, /示例|演示/)
    for (const { project_name } of story.filings) assert.match(project_name, /示例/)
  })

  test('are checked with a check that knows real codes from wrong ones', () => {
    for (const code of ['91310110666007217T', '914403001922038216', '91442000MA4UA1B25X'])
      assert.ok(isSound(code))
    for (const code of ['91440101190481243Y', '91350211M00013FA1N']) assert.ok(!isSound(code))
  })

  test('have sound codes, each once, and names, each once', () => {
    for (const { credit_code } of organisations) {
      assert.ok(isSound(credit_code), credit_code)
      assert.equal(credit_code.slice(2, 8), city.code)
    }
    assert.equal(new Set(organisations.map(({ credit_code }) => credit_code)).size, size.organisations)
    assert.equal(new Set(organisations.map(({ name }) => name)).size, size.organisations)
    for (const { code } of story.banks) assert.ok(isBankCode(code), code)
  })

  test('have everything that the story needs: what is missing, what has lapsed, who has too many projects', () => {
    const projects = Map.groupBy(story.filings, ({ credit_code }) => credit_code)
    const counts = [...projects.values()].map(({ length }) => length)
    assert.ok(counts.some(count => count >= 3))
    assert.ok(story.filings.some(({ approval_number }) => approval_number === null))
    assert.ok(story.filings.some(({ verified_investment_fen }) => verified_investment_fen === null))
    assert.ok(story.filings.some(({ state }) => state === 'revoked'))
    assert.ok(story.borrowers.some(({ dishonest }) => dishonest === true))
    assert.ok(story.borrowers.some(({ status }) => status === null))
    assert.ok(story.banks.some(({ cooperating_from }) => cooperating_from === null))
    assert.ok(organisations.some(({ town_code }) => town_code === null))
  })

  test('belong together: every project is of an enterprise that is registered', () => {
    const codes = new Set(organisations.map(({ credit_code }) => credit_code))
    for (const { credit_code } of story.filings) assert.ok(codes.has(credit_code))
  })

  for (const [few, loans] of [
    [1, 1],
    [2, 10],
    [40, 3],
  ] as const) {
    test(`can be as few as ${few} enterprises with ${loans} loans`, () => {
      const small = storyData(city, { seed: 1, organisations: few, loans }, towns)
      assert.equal([...small.organisations()].length, few)
      assert.ok(small.filings.length >= 1)
    })
  }

  test('hold keys of both algorithms, made from the seed', () => {
    const key = demonstrationKey(1, 'somebody', 'ed25519')
    assert.equal(Buffer.from(key.public_key, 'base64').length, 32)
    assert.match(demonstrationKey(1, 'somebody', 'sm2').public_key, /^04[0-9a-f]{128}$/)
    assert.notEqual(key.private_key, demonstrationKey(2, 'somebody', 'ed25519').private_key)
    assert.notEqual(key.private_key, demonstrationKey(1, 'somebody else', 'ed25519').private_key)
  })
})
