import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'

it('every line of SEMANTICS.md names a test that exists', () => {
  const tests = globSync(join(import.meta.dirname, '*.test.ts')).map(file => readFileSync(file, 'utf8'))
  const page = readFileSync(join(import.meta.dirname, '../SEMANTICS.md'), 'utf8')
  const lines = page.split('\n').filter(line => line.startsWith('| ') && !/^\| (we hold|-)/.test(line))
  assert.ok(lines.length > 25)
  for (const line of lines) {
    const [, , name = ''] = line.split('|').map(cell => cell.trim())
    assert.ok(
      tests.some(text => text.includes(`'${name}'`)),
      `no test "${name}"`,
    )
  }
})
