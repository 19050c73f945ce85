import assert from 'node:assert/strict'
import { it } from 'node:test'
import { csv } from './csv.ts'

it('writes fields that hold commas, quotes and line breaks so that they are read back as they were', () => {
  assert.equal(
    csv([
      ['a', 'b,c'],
      ['"d"', 'e\nf'],
    ]),
    '\uFEFFa,"b,c"\r\n"""d""","e\nf"\r\n',
  )
})

it('keeps a formula that somebody wrote as a company name from being run', () => {
  assert.equal(csv([['=1+1', '@x', '-5.00', '-abc']]), "\uFEFF'=1+1,'@x,-5.00,'-abc\r\n")
})
