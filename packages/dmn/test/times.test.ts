import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseDate } from '../src/value/date.ts'
import { offsetOf, parseDateTime } from '../src/value/date-time.ts'
import { parseDuration } from '../src/value/duration.ts'
import type { Fail } from '../src/value/failures.ts'
import { parseNumber } from '../src/value/number.ts'
import { add, compare, divide, equal, multiply, negate, power, subtract } from '../src/value/operate.ts'
import { parseTime } from '../src/value/time.ts'
import { toText } from '../src/value/to-text.ts'
import type { Value } from '../src/value/value.ts'

const OPERATORS: Readonly<Record<string, (a: Value, b: Value, fail: Fail) => Value>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': power,
  '=': equal,
  '<': (a, b, fail) => compare('<', a, b, fail),
  '<=': (a, b, fail) => compare('<=', a, b, fail),
  '>': (a, b, fail) => compare('>', a, b, fail),
}

type Row = readonly [left: string, operator: string, right: string, answer: string]

function valueOfText(text: string): Value {
  if (text === 'null') return null
  if (text === 'true') return true
  if (text.startsWith('"')) return text.slice(1, -1)
  return parseNumber(text) ?? parseDate(text) ?? parseDateTime(text) ?? parseTime(text) ?? parseDuration(text)
}

/** `null!` is null with a message. */
function answersAre(rows: readonly Row[]): void {
  for (const [left, operator, right, answer] of rows) {
    let failed = ''
    const operate = OPERATORS[operator]
    assert.ok(operate)
    const value = operate(valueOfText(left), valueOfText(right), () => {
      failed = '!'
      return null
    })
    assert.equal(`${toText(value)}${failed}`, answer, `${left} ${operator} ${right}`)
  }
}

describe('arithmetic of DMN 1.5, 10.3.2.13', () => {
  it('adds', () => {
    answersAre([
      ['0.1', '+', '0.2', '0.3'],
      ['"中"', '+', '"山"', '中山'],
      ['1', '+', '"a"', 'null!'],
      ['null', '+', '1', 'null'],
      ['true', '+', 'true', 'null!'],
      ['P1Y', '+', 'P2M', 'P1Y2M'],
      ['P1D', '+', 'PT12H', 'P1DT12H'],
      ['P1D', '+', 'P1Y', 'null!'],
      ['2024-01-31', '+', 'P1M', '2024-02-29'],
      ['P1M', '+', '2024-01-31', '2024-02-29'],
      ['2024-01-31', '+', 'PT25H', '2024-02-01'],
      ['2024-01-31', '+', '2024-01-31', 'null!'],
      ['2024-01-31T10:00:00Z', '+', 'P1M', '2024-02-29T10:00:00Z'],
      ['2024-12-31T23:59:59.5', '+', 'PT0.5S', '2025-01-01T00:00:00'],
      ['23:00:00', '+', 'PT2H', '01:00:00'],
      ['23:00:00+08:00', '+', 'PT2H', '01:00:00+08:00'],
      ['PT2H', '+', '23:00:00', '01:00:00'],
      ['23:00:00', '+', 'P1Y', 'null!'],
      ['9999-12-31', '+', 'P1D', 'null!'],
      ['0001-01-01', '-', 'P1M', 'null!'],
      ['-2017-01-01', '+', 'P1D', '-2017-01-02'],
      ['-0001-12-31', '+', 'P1Y2M', '0001-02-28'],
      ['999999999-12-31', '+', 'P1D', 'null!'],
      ['9999-12-31T00:00:00', '+', 'P1Y', '10000-12-31T00:00:00'],
      ['999999999-12-31T23:59:59.999999999Z', '+', 'PT0.000000001S', 'null!'],
      ['-999999999-01-01T00:00:00@Europe/Paris', '+', 'PT0.5S', '-999999999-01-01T00:00:00.5@Europe/Paris'],
      ['2024-01-01', '+', 'P999999999999999Y', 'null!'],
    ])
  })

  it('subtracts', () => {
    answersAre([
      ['2024-03-01', '-', '2024-02-01', 'P29D'],
      ['2024-03-01', '-', 'P1M', '2024-02-01'],
      ['2024-03-01', '-', 'PT1H', '2024-02-29'],
      ['2024-03-01T00:00:00', '-', '2024-02-29T23:59:59.5', 'PT0.5S'],
      ['2024-03-01T00:00:00Z', '-', '2024-03-01T08:00:00+08:00', 'PT0S'],
      ['2024-03-01', '-', '2024-02-29T12:00:00Z', 'PT12H'],
      ['2024-03-01', '-', '2024-02-29T12:00:00', 'null!'],
      ['2024-03-01T00:00:00Z', '-', '2024-03-01T00:00:00', 'null!'],
      [
        '999999999-12-31T23:59:59.999999999',
        '-',
        '-999999999-01-01T00:00:00',
        'P730484999633DT23H59M59.999999999S',
      ],
      ['10:00:00', '-', '12:30:00', '-PT2H30M'],
      ['10:00:00Z', '-', '12:00:00+08:00', 'PT6H'],
      ['10:00:00Z', '-', '12:00:00', 'null!'],
      ['10:00:00', '-', 'PT11H', '23:00:00'],
      ['10:00:00', '-', '2024-03-01', 'null!'],
      ['P1Y', '-', 'P13M', '-P1M'],
      ['P1D', '-', '2024-03-01', 'null!'],
      ['"a"', '-', '"a"', 'null!'],
    ])
    assert.equal(toText(negate(parseDuration('P1Y'), () => null)), '-P1Y')
    assert.equal(
      negate('a', () => null),
      null,
    )
  })

  it('multiplies, divides and raises', () => {
    answersAre([
      ['P1Y', '*', '2.5', 'P2Y6M'],
      ['2', '*', 'PT90M', 'PT3H'],
      ['P1M', '*', '0.9', 'P0M'],
      ['P1D', '*', 'P1D', 'null!'],
      ['P1Y', '/', 'P1M', '12'],
      ['P1D', '/', '2', 'PT12H'],
      ['P1D', '/', 'P1M', 'null!'],
      ['2', '/', 'P1D', 'null!'],
      ['P1D', '/', 'PT0S', 'null!'],
      ['1', '/', '0', 'null!'],
      ['1', '/', '3', '0.3333333333333333333333333333333333'],
      ['2', '**', '0.5', '1.414213562373095048801688724209698'],
      ['-2', '**', '0.5', 'null!'],
      ['0', '**', '-1', 'null!'],
      ['1.0001', '**', '100000', '22015.45604855219864570145658165872'],
      ['10', '**', '400', 'null!'],
      ['2', '**', '99999999999', 'null!'],
    ])
  })

  it('compares along the time line, by the millisecond', () => {
    answersAre([
      ['2018-10-08T00:00:00+02:00', '=', '2018-10-08T00:00:00@Europe/Paris', 'true'],
      ['2018-12-08T00:00:00@Europe/Paris', '=', '2018-12-08T00:00:00@Asia/Dhaka', 'false'],
      ['2018-12-08T00:00:00', '=', '2018-12-08T00:00:00Z', 'false'],
      ['2018-12-08T00:00:00', '<', '2018-12-08T00:00:00Z', 'false'],
      ['2018-12-08T00:00:00', '<=', '2018-12-08T00:00:00Z', 'false'],
      ['2018-12-08T00:00:00', '<', '2018-12-08T00:00:01+08:00', 'true'],
      ['10:30:00', '<', '10:30:01-05:00', 'true'],
      ['10:30:00', '=', '10:30:00Z', 'false'],
      ['10:30:00.001', '<', '10:30:00.002', 'true'],
      ['10:30:00.001', '=', '10:30:00.002', 'false'],
      ['2024-01-01T10:30:00.001', '<', '2024-01-01T10:30:00.002', 'true'],
      ['2024-01-01T10:30:00.9Z', '<', '2024-01-01T18:30:00.1+08:00', 'false'],
      ['10:30:00.0001', '=', '10:30:00.0002', 'true'],
      ['10:30:00.0001', '<', '10:30:00.0002', 'false'],
      ['10:30:00Z', '=', '18:30:00@Asia/Shanghai', 'true'],
      ['10:30:00Z', '<', '12:30:00+08:00', 'false'],
      ['P1D', '=', 'PT24H', 'true'],
      ['P1Y', '=', 'P365D', 'null!'],
      ['P0D', '=', 'P0Y', 'null!'],
      ['2024-01-01', '<', '2024-01-01T00:00:01Z', 'null!'],
      ['"a"', '=', '1', 'null!'],
      ['"a"', '=', 'null', 'false'],
      ['null', '=', 'null', 'true'],
      ['1', '<', 'null', 'null'],
      ['true', '<', 'true', 'null!'],
    ])
  })
})

describe('time zones', () => {
  it('move their clocks: an hour that is skipped, an hour that comes twice', () => {
    answersAre([
      ['2024-03-31T01:30:00@Europe/Paris', '+', 'PT1H', '2024-03-31T03:30:00@Europe/Paris'],
      ['2024-10-27T01:30:00@Europe/Paris', '+', 'PT3H', '2024-10-27T03:30:00@Europe/Paris'],
      ['2024-03-31T00:00:00@Europe/Paris', '+', 'P1D', '2024-04-01T01:00:00@Europe/Paris'],
      ['2024-04-01T00:00:00@Europe/Paris', '-', '2024-03-31T00:00:00@Europe/Paris', 'PT23H'],
      ['2024-02-29T02:30:00@Europe/Paris', '+', 'P1M', '2024-03-29T02:30:00@Europe/Paris'],
    ])
  })

  it('have the offset of their day, in any year', () => {
    const offsets: readonly [at: string, hours: number | null][] = [
      ['2024-01-01T00:00:00@Europe/Paris', 1],
      ['2024-07-01T00:00:00@Europe/Paris', 2],
      ['2024-03-31T02:30:00@Europe/Paris', 1],
      ['2024-10-27T02:30:00@Europe/Paris', 2],
      ['1986-07-01T00:00:00@Asia/Shanghai', 9],
      ['2024-07-01T00:00:00@Asia/Shanghai', 8],
      ['2024-07-01T00:00:00@Asia/Kolkata', 5.5],
      ['999999999-07-01T00:00:00@Europe/Paris', 2],
      ['2024-07-01T00:00:00-03:30', -3.5],
      ['2024-07-01T00:00:00', null],
    ]
    for (const [text, hours] of offsets) {
      const at = parseDateTime(text)
      assert.ok(at)
      assert.equal(offsetOf(at), hours === null ? null : hours * 3600, text)
    }
  })
})
