import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readEstablished } from './established.ts'

const TODAY = '2022-06-14'

const READ: readonly [text: string, date: string][] = [
  ['1986-03-20', '1986-03-20'],
  ['1986/3/20', '1986-03-20'],
  ['1986.03.20', '1986-03-20'],
  ['1986年3月20日', '1986-03-20'],
  ['19860320', '1986-03-20'],
  ['1986-03-20 00:00:00', '1986-03-20'],
  ['1986-03-20T00:00:00.000Z', '1986-03-20'],
  ['２０００－０１－０２', '2000-01-02'],
  ['2000-02-29', '2000-02-29'],
  ['2022-06-14', '2022-06-14'],
]

const NOT_READ: readonly [text: string, kind: string][] = [
  ['N/A', 'nothing'],
  ['', 'nothing'],
  ['1900-01-01', 'placeholder'],
  ['1970-01-01', 'placeholder'],
  ['0000-00-00', 'placeholder'],
  ['9999-12-31', 'placeholder'],
  ['0001-01-01', 'placeholder'],
  ['2022-06-15', 'placeholder'],
  ['1999-02-29', 'unreadable'],
  ['2001-13-01', 'unreadable'],
  ['2001-1/2', 'unreadable'],
  ['36892', 'unreadable'],
  ['last year', 'unreadable'],
]

describe('the day of founding', () => {
  for (const [text, date] of READ) {
    it(`"${text}" is ${date}`, () => assert.deepEqual(readEstablished(text, TODAY), { kind: 'read', date }))
  }
  for (const [text, kind] of NOT_READ) {
    it(`"${text}" is ${kind}`, () => assert.deepEqual(readEstablished(text, TODAY), { kind }))
  }
})
