import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { createCsvScanner } from './csv.ts'

interface Scanned {
  readonly records: [line: number, cells: string[]][]
  readonly faults: [line: number, fault: string][]
}

function scan(chunks: readonly string[], delimiter = ','): Scanned {
  const records: [number, string[]][] = []
  const faults: [number, string][] = []
  const scanner = createCsvScanner(delimiter, {
    record: (line, cells) => records.push([line, cells]),
    fault: (line, fault) => faults.push([line, fault]),
  })
  for (const chunk of chunks) scanner.push(chunk)
  scanner.end()
  return { records, faults }
}

const cell = fc.string({
  unit: fc.constantFrom('a', '水', '"', ',', '\n', '\r\n', ' ', '、', '1', '🏭'),
  maxLength: 6,
})
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const written = (text: string) => (/[",\r\n]/.test(text) ? quoted(text) : text)

describe('a CSV file', () => {
  it('is cut into the records that a widely used parser finds, however it is chunked', () => {
    const tables = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 })
    fc.assert(
      fc.property(
        tables,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.array(fc.nat(60)),
        (rows, end, last, cuts) => {
          const text = rows.map(cells => cells.map(written).join(',')).join(end) + (last ? end : '')
          const expected: string[][] = parse(text, { relax_column_count: true, skip_empty_lines: true })
          const { records, faults } = scan(chunked(text, cuts))
          assert.deepEqual(faults, [])
          assert.deepEqual(
            records.map(([, cells]) => cells),
            expected,
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it('gives each record the line on which it begins', () => {
    const { records } = scan(['a,b\r\n"1\n2",x\n\n3,"4\n\n5"\n6,7'])
    assert.deepEqual(
      records.map(([line, cells]) => [line, cells[0]]),
      [
        [1, 'a'],
        [2, '1\n2'],
        [5, '3'],
        [8, '6'],
      ],
    )
  })

  it('goes on at the next line after a quote that is never closed', () => {
    const { records, faults } = scan(['a,b\n1,"cut\n2,x\n3,y\n'])
    assert.deepEqual(faults, [[2, 'quote-not-closed']])
    assert.deepEqual(
      records.map(([line]) => line),
      [1, 3, 4],
    )
  })

  it('goes on at the next line after a quote that a later quote closes wrongly', () => {
    const { records, faults } = scan(['a,b\n1,"cut\n2,"whole, quoted"\n3,y\n'])
    assert.deepEqual(faults, [[2, 'text-after-quote']])
    assert.deepEqual(
      records.map(([, cells]) => cells),
      [
        ['a', 'b'],
        ['2', 'whole, quoted'],
        ['3', 'y'],
      ],
    )
  })

  it('does not hold an endless record, quoted or not', () => {
    const chunks = (first: string) => [
      first,
      ...Array.from({ length: 40 }, () => 'x'.repeat(10_000)),
      '\nb,c\n',
    ]
    for (const first of ['a,', 'a,"', '"']) {
      const { records, faults } = scan(chunks(first))
      assert.equal(faults.length, 1, first)
      assert.deepEqual(records, [[2, ['b', 'c']]])
    }
    const lines = scan(['a,"\n', ...Array.from({ length: 30_000 }, () => 'b,cc\n')])
    assert.deepEqual(lines.faults, [[1, 'quote-not-closed']])
    assert.equal(lines.records.length, 30_000)
  })

  it('keeps a quote inside an unquoted cell', () => {
    assert.deepEqual(scan(['a,5" pipe,b\n']).records, [[1, ['a', '5" pipe', 'b']]])
  })

  it('can be delimited by tabs', () => {
    assert.deepEqual(scan(['a\tb,c\n'], '\t').records, [[1, ['a', 'b,c']]])
  })
})

function chunked(text: string, cuts: readonly number[]): string[] {
  const chunks: string[] = []
  let at = 0
  for (const cut of cuts) {
    chunks.push(text.slice(at, at + cut))
    at += cut
  }
  return [...chunks, text.slice(at)]
}
