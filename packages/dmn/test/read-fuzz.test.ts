import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { ModelError, readModel, readModels } from '../src/index.ts'
import { feelReader } from '../src/read/feel.ts'
import { FeelSyntaxError } from '../src/read/syntax.ts'
import { textOf, textOfTests } from './syntax-text.ts'

const ROOT = join(import.meta.dirname, '../../..')
const MODELS = [
  ...globSync(join(ROOT, 'cities/*/policies/*/*.dmn')),
  ...globSync(join(import.meta.dirname, 'fixtures/*.dmn')),
].map(file => readFileSync(file, 'utf8'))

const NAMES = ['a', 'b c', 'd-e', '贷款 余额', 'f/g', "h's", 'list', 'date', 'in stock', 'and more', '𠮷']
const reader = feelReader(Object.fromEntries(NAMES.map(name => [name, { 'x y': 1, 'z-1': 1 }] as const)))

/** Pieces of FEEL, whole and broken, in any order. */
const pieces = fc.constantFrom(
  ...NAMES,
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '<=',
    '=',
    '!=',
    '+',
    '-',
    '*',
    '**',
    '/',
    '.',
    '..',
    ',',
    ':',
    '?',
  ],
  ...[
    '"',
    '"s"',
    '"\\u12',
    '\\',
    '@',
    '@"P1D"',
    '//',
    '/*',
    '*/',
    '1',
    '.5',
    '1e3',
    '1e',
    '9'.repeat(50),
    '\n',
    ' ',
  ],
  ...[
    'if',
    'then',
    'else',
    'for',
    'in',
    'return',
    'some',
    'every',
    'satisfies',
    'function',
    'external',
    'not',
  ],
  ...[
    'and',
    'or',
    'between',
    'instance of',
    'list<',
    'context<',
    'function<',
    '->',
    'null',
    'true',
    'item',
    'partial',
  ],
  ...['x y', 'z-1', 'date and time', '\u3000', '\u0000', '\ud800', '👩‍🏭', 'é', '，'],
)
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map(all => all.join(' ')),
  fc.array(pieces, { maxLength: 60 }).map(all => all.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

/** Expressions written out with all their brackets, and the tree that is meant. */
const { expression: written } = fc.letrec<{ expression: readonly [text: string, tree: string] }>(tie => {
  const inner = tie('expression')
  const blank = fc.constantFrom(' ', '\n', '  ', ' /* why */ ', ' // why\n')
  const name = fc.constantFrom(...NAMES)
  return {
    expression: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      name.map(each => [each, `‹${each}›`] as const),
      fc.constantFrom(['12', '12'], ['1.5e3', '1.5e3'], ['"a"', '"a"'], ['null', 'null'], ['@"P1D"', '@P1D']),
      fc
        .tuple(
          inner,
          fc.constantFrom('+', '-', '*', '/', '**', '<', '<=', '>', '>=', '=', '!=', 'and', 'or'),
          inner,
          blank,
        )
        .map(
          ([a, op, b, gap]) => [`(${a[0]})${gap}${op}${gap}(${b[0]})`, `(${op} ${a[1]} ${b[1]})`] as const,
        ),
      fc
        .tuple(inner, inner, inner)
        .map(
          ([a, b, c]) => [`if ${a[0]} then ${b[0]} else ${c[0]}`, `(if ${a[1]} ${b[1]} ${c[1]})`] as const,
        ),
      fc
        .tuple(name, inner, inner)
        .map(([x, a, b]) => [`for ${x} in ${a[0]} return ${b[0]}`, `(for ${x} in ${a[1]} ${b[1]})`] as const),
      fc
        .tuple(fc.constantFrom('some', 'every'), inner, inner)
        .map(
          ([q, a, b]) => [`${q} v w in ${a[0]} satisfies ${b[0]}`, `(${q} v w in ${a[1]} ${b[1]})`] as const,
        ),
      fc
        .array(inner, { maxLength: 3 })
        .map(
          all =>
            [`[${all.map(([t]) => `(${t})`).join(',')}]`, `[${all.map(([, t]) => t).join(' ')}]`] as const,
        ),
      fc
        .tuple(name, inner, inner)
        .map(([k, a, b]) => [`{"${k}": ${a[0]}, q: ${b[0]}}`, `{${k}: ${a[1]}, q: ${b[1]}}`] as const),
      fc.tuple(inner, inner).map(([a, b]) => [`(${a[0]})[(${b[0]})]`, `(filter ${a[1]} ${b[1]})`] as const),
      inner.map(a => [`(${a[0]}).x y`, `(. ${a[1]} x y)`] as const),
      inner.map(a => [`-(${a[0]})`, `(- ${a[1]})`] as const),
      fc.tuple(inner, inner).map(([a, b]) => [`(${a[0]})(${b[0]})`, `(call ${a[1]} ${b[1]})`] as const),
      fc.tuple(inner, inner).map(([a, b]) => [`[(${a[0]})..(${b[0]}))`, `[${a[1]}..${b[1]})`] as const),
      inner.map(a => [`function(p q) ${a[0]}`, `(function (p q) ${a[1]})`] as const),
      inner.map(
        a =>
          [
            `(${a[0]}) instance of list<date and time>`,
            `(instance of ${a[1]} list<‹date and time›>)`,
          ] as const,
      ),
      fc
        .tuple(inner, inner, inner)
        .map(
          ([a, b, c]) =>
            [`(${a[0]}) between (${b[0]}) and (${c[0]})`, `(between ${a[1]} ${b[1]} ${c[1]})`] as const,
        ),
    ),
  }
})

describe('reading what nobody checked', () => {
  it('gives a tree, or the place where a text stops being FEEL', () => {
    fc.assert(
      fc.property(texts, text => {
        for (const read of [
          () => textOf(reader.expression(text)),
          () => textOfTests(reader.unaryTests(text)),
        ]) {
          try {
            read()
          } catch (error) {
            if (!(error instanceof FeelSyntaxError)) throw error
            assert.ok(
              0 <= error.from && error.from <= error.to && error.to <= text.length,
              `${error.from}–${error.to}`,
            )
            assert.ok(error.zh.length > 0)
          }
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('understands an expression as it was meant, however it is nested', () => {
    fc.assert(
      fc.property(written, ([text, tree]) => {
        fc.pre(text.length < 10_000)
        assert.equal(textOf(reader.expression(text)), tree, text)
      }),
      { numRuns: 2000 },
    )
  })

  it('takes a damaged model in or refuses it, naming file and line', () => {
    const damage = fc.record({
      model: fc.constantFrom(...MODELS),
      cuts: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(80), fc.nat(4)), {
        minLength: 1,
        maxLength: 4,
      }),
      noise: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom('<', '&', '"', '</text>', '<a>', '&#0;'),
      ),
    })
    fc.assert(
      fc.property(damage, ({ model, cuts, noise }) => {
        let xml = model
        for (const [where, length, what] of cuts) {
          const at = Math.floor(where * xml.length)
          const piece = xml.slice(at, at + length)
          const put =
            [piece + piece, '', noise, piece.toUpperCase(), [...piece].reverse().join('')][what] ?? ''
          xml = xml.slice(0, at) + put + xml.slice(at + length)
        }
        refusedOrRead(() => readModel(xml, { file: '坏.dmn' }))
        refusedOrRead(() =>
          readModels([
            { file: '坏.dmn', xml },
            { file: '好.dmn', xml: model },
          ]),
        )
      }),
      { numRuns: 600 },
    )
  })

  it('refuses what is no text at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        const xml = Buffer.from(bytes).toString('latin1')
        for (const text of [xml, `<definitions>${xml}</definitions>`]) {
          assert.throws(() => readModel(text, { file: '坏.dmn' }), ModelError)
        }
      }),
    )
  })

  it('expands no entity, however it is declared', () => {
    const laughs = [...'abcdefghij'].map((name, i, all) => {
      const before = all[i - 1]
      return `<!ENTITY ${name} "${before === undefined ? 'ha' : `&${before};`.repeat(10)}">`
    })
    for (const doctype of [
      `<!DOCTYPE x [${laughs.join('')}]>`,
      '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">',
    ]) {
      const xml = MODELS[0]?.replace(/(<definitions)/, `${doctype}$1`).replace('<text>', '<text>&j;') ?? ''
      assert.throws(() => readModel(xml, { file: '坏.dmn' }), /DOCTYPE/)
    }
    assert.throws(() => readModel('<definitions>&lol;</definitions>', { file: '坏.dmn' }), ModelError)
  })

  it('reads a huge name or text as one, and says when there is too much of it', () => {
    const model = (name: string, text: string) =>
      `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">
        <decision id="d" name="${name}"><literalExpression><text>${text}</text></literalExpression></decision>
      </definitions>`
    const huge = '名'.repeat(200_000)
    assert.equal(readModel(model(huge, '1'), { file: 'a.dmn' }).decisions[0]?.name.length, 200_000)
    assert.throws(() => feelReader({ [huge]: 1 }).expression(huge), /longer than/)
    assert.throws(() => readModel(model('甲', '1'.repeat(5_000_000)), { file: 'a.dmn' }), /at most 5000000/)
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`名 ${i}`, 1 as const]))
    assert.equal(textOf(feelReader(many).expression('名 1 + 名 19999')), '(+ ‹名 1› ‹名 19999›)')
  })
})

function refusedOrRead(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const { where, zh, en } = error.problem
    assert.match(where.file, /^[坏好]\.dmn$/)
    assert.ok((where.line ?? 0) >= 1, `line ${where.line}`)
    assert.ok(zh.length > 0 && en.length > 0)
  }
}
