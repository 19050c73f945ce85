import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findStatus } from './status.ts'

const VECTORS: readonly [text: string, status: string | undefined][] = [
  ['存续', '存续'],
  ['存续（在营、开业、在册）', '存续'],
  ['开业', '存续'],
  ['吊销', '吊销'],
  ['吊销,未注销', '吊销'],
  ['吊销,已注销', '注销'],
  ['迁出', '迁出'],
  ['歇业', '停业'],
  ['ACTIVE', undefined],
]

describe('the state of an organisation in the register', () => {
  for (const [text, status] of VECTORS) {
    it(`"${text}" is ${status ?? 'not known'}`, () => assert.equal(findStatus(text), status))
  }
})
