import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  codePointsOf,
  flagsOf,
  PatternError,
  regexOf,
  SearchLimitError,
  textOf,
} from '../src/functions/regex/regex.ts'

function find(text: string, pattern: string, letters = ''): string | null {
  const flags = flagsOf(letters)
  assert.ok(flags)
  const points = codePointsOf(text)
  const match = regexOf(pattern, flags).find(points, 0, () => undefined)
  return match && textOf(points, match.start, match.end)
}

describe('regular expressions of XPath', () => {
  it('know classes, and classes taken out of classes', () => {
    const rows: readonly [text: string, pattern: string, found: string | null][] = [
      ['aeixyz', '[a-z-[aeiou]]+', 'xyz'],
      ['abc-[', '[\\-\\[]+', '-['],
      ['a-b', '[a-]+', 'a-'],
      ['12３', '\\d+', '12３'],
      ['粤A·12345', '\\p{IsCJKUnifiedIdeographs}\\p{Lu}', '粤A'],
      ['abc', '\\p{IsBasicLatin}+', 'abc'],
      ['Ωx', '\\p{IsGreek}', 'Ω'],
      ['aB', '\\p{Lu}', 'B'],
      ['aB', '\\P{Ll}', 'B'],
      ['1x:y-2', '\\i\\c*', 'x:y-2'],
      ['a_b c', '\\w+', 'a'],
      ['a\u00a0 b', '\\s', ' '],
      ['a\r\nb', '.+', 'a'],
      ['𠮷😀', '^..$', '𠮷😀'],
      ['x]', '[^\\]]', 'x'],
    ]
    for (const [text, pattern, found] of rows) assert.equal(find(text, pattern), found, pattern)
  })

  it('take flags as F&O 3.1 has them', () => {
    const rows: readonly [text: string, pattern: string, flags: string, found: string | null][] = [
      ['a\nb', '^b$', '', null],
      ['a\nb', '^b$', 'm', 'b'],
      ['a\n', '\n^', 'm', null],
      ['a\nb', 'a.b', 's', 'a\nb'],
      ['ABÉ', '[a-z]+é', 'i', 'ABÉ'],
      ['aB', '\\p{Lu}', 'i', 'B'],
      ['Q', '[^q]', 'i', null],
      ['ab c', 'a b [ ] c', 'x', 'ab c'],
      ['hello world', 'hello\\ sworld', 'x', 'hello world'],
      ['aaa', 'a { 2 } $', 'x', 'aa'],
      ['a.b', '.', 'q', '.'],
      ['A.B', 'a.b', 'qi', 'A.B'],
    ]
    for (const [text, pattern, flags, found] of rows) assert.equal(find(text, pattern, flags), found, pattern)
    assert.equal(flagsOf('g'), null)
  })

  it('refer back to groups, as far as digits name one', () => {
    assert.equal(find('abcabc', '(a)(b)c\\1\\2'), 'abcab')
    assert.equal(find('aa0', '(a)\\10'), 'aa0')
    assert.equal(find('aA', '(a)\\1', 'i'), 'aA')
    assert.equal(find('b', '(a)?b\\1'), 'b')
  })

  it('refuse what is none of theirs', () => {
    for (const pattern of [
      '(',
      ')',
      '[',
      ']',
      '[]',
      'a{',
      'a{2,1}',
      '*',
      'a**',
      '\\',
      '\\q',
      '(?=a)',
      '(?<n>a)',
      '\\1',
      '(a\\1)',
      '\\p{Foo}',
      '\\p{IsFoo}',
      '[z-a]',
      '[a-\\d]',
      '{',
    ]) {
      assert.throws(() => find('', pattern), PatternError, pattern)
    }
    assert.throws(() => find('', '(?:a{1000}){1000}'), PatternError)
    assert.throws(() => find('', '(?:(?:(?:){10000}){10000}){10000}'), PatternError)
    assert.throws(() => find('', '('.repeat(5000)), PatternError)
  })

  it('are linear without references back, and limited with them', () => {
    let steps = 0
    const flags = flagsOf('')
    assert.ok(flags)
    const hopeless = `${'a'.repeat(10_000)}b`
    for (const pattern of ['^(a+)+$', '^(a|aa)+$', '^(.*)*x$', '(x+x+)+y', '^(([a-z])+.)+[A-Z]$']) {
      assert.equal(
        regexOf(pattern, flags).find(codePointsOf(hopeless), 0, spent => {
          steps += spent
        }),
        null,
      )
    }
    assert.ok(steps < 20 * 5 * hopeless.length)
    assert.throws(() => find(hopeless, '^(a+)+\\1$'), SearchLimitError)
    assert.throws(() => find('a'.repeat(4_000_000), '(?:a{40}){40}'), SearchLimitError)
  })

  it('find what JavaScript finds, where both mean the same', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      'c',
      '.',
      '[ab]',
      '[^a]',
      '(?:ab)',
      '(a|b)',
      '(a|ab)',
      '^',
      '$',
      '(b*a)',
    )
    const quantifier = fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{2,}')
    const piece = fc
      .tuple(atom, quantifier)
      .map(([each, times]) => (each === '^' || each === '$' ? each : each + times))
    const sequence = fc.array(piece, { minLength: 1, maxLength: 4 }).map(pieces => pieces.join(''))
    const pattern = fc.array(sequence, { minLength: 1, maxLength: 2 }).map(branches => branches.join('|'))
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 })
    fc.assert(
      fc.property(pattern, text, (each, on) => {
        const flags = flagsOf('')
        assert.ok(flags)
        const points = codePointsOf(on)
        const ours = [...regexOf(each, flags).all(points, () => undefined)].map(m => [m.start, m.end])
        const theirs = [...on.matchAll(new RegExp(each, 'gu'))].map(m => [m.index, m.index + m[0].length])
        assert.deepEqual(ours, theirs, `${each} on ${on}`)
      }),
      { numRuns: 20_000 },
    )
  })
})
