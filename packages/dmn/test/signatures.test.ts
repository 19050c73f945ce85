import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Signature } from '../src/functions/built-in.ts'
import { BUILT_IN } from '../src/functions/registry.ts'

/** DMN 1.5, tables 72 to 81. Three points after a parameter stand for any number of values. */
const DMN = `
date(from) · date(year, month, day)
date and time(from) · date and time(date, time)
time(from) · time(hour, minute, second, offset?)
number(from, grouping separator, decimal separator) · string(from) · duration(from)
years and months duration(from, to) · range(from)
not(negand)
substring(string, start position, length?) · string length(string)
upper case(string) · lower case(string)
substring before(string, match) · substring after(string, match)
replace(input, pattern, replacement, flags?) · matches(input, pattern, flags?)
contains(string, match) · starts with(string, match) · ends with(string, match)
split(string, delimiter) · string join(list, delimiter?)
list contains(list, element) · count(list)
min(list) · min(list...) · max(list) · max(list...) · sum(list) · sum(list...)
mean(list) · mean(list...) · all(list) · all(list...) · any(list) · any(list...)
sublist(list, start position, length?) · append(list, item...) · concatenate(list...)
insert before(list, position, newItem) · remove(list, position)
list replace(list, position, newItem) · list replace(list, match, newItem)
reverse(list) · index of(list, match) · union(list...) · distinct values(list) · flatten(list)
product(list) · product(list...) · median(list) · median(list...)
stddev(list) · stddev(list...) · mode(list) · mode(list...)
decimal(n, scale) · floor(n, scale?) · ceiling(n, scale?)
round up(n, scale) · round down(n, scale) · round half up(n, scale) · round half down(n, scale)
abs(n) · modulo(dividend, divisor) · sqrt(number) · log(number) · exp(number) · odd(number) · even(number)
is(value1, value2)
before(point1, point2) · before(point, range) · before(range, point) · before(range1, range2)
after(point1, point2) · after(point, range) · after(range, point) · after(range1, range2)
meets(range1, range2) · met by(range1, range2)
overlaps(range1, range2) · overlaps before(range1, range2) · overlaps after(range1, range2)
finishes(point, range) · finishes(range1, range2) · finished by(range, point) · finished by(range1, range2)
includes(range, point) · includes(range1, range2) · during(point, range) · during(range1, range2)
starts(point, range) · starts(range1, range2) · started by(range, point) · started by(range1, range2)
coincides(point1, point2) · coincides(range1, range2)
day of year(date) · day of week(date) · month of year(date) · week of year(date)
sort(list, precedes)
get value(m, key) · get entries(m) · context(entries)
context put(context, key, value) · context put(context, keys, value) · context merge(contexts)
today() · now()`

/** What we take beyond: places of a rounding may be left out, and three functions of our own. */
const OWN = `
decimal(n, scale?) · round up(n, scale?) · round down(n, scale?)
round half up(n, scale?) · round half down(n, scale?) · round half even(n, scale?)
number(from) · is defined(value)`

function split(table: string): string[] {
  return table
    .trim()
    .split(/\s*[·\n]\s*/)
    .filter(each => each !== '')
}

function written(name: string, { parameters, variadic }: Signature): string {
  const texts = parameters.map(each => each.name + (each.optional ? '?' : ''))
  return `${name}(${texts.join(', ')}${variadic ? '...' : ''})`
}

describe('the functions there are', () => {
  const ours = new Set(
    [...BUILT_IN].flatMap(([name, fn]) => fn.signatures.map(signature => written(name, signature))),
  )

  it('are those of DMN 1.5, with its names for their parameters', () => {
    const own = new Set(split(OWN))
    for (const signature of split(DMN)) {
      const lenient = signature.replace(/scale\)$/, 'scale?)')
      assert.ok(ours.has(signature) || (own.has(lenient) && ours.has(lenient)), signature)
    }
  })

  it('are no others but those we name', () => {
    const known = new Set([...split(DMN), ...split(OWN)])
    assert.deepEqual(
      [...ours].filter(signature => !known.has(signature)),
      [],
    )
  })
})
