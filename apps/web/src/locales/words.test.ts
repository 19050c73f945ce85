import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'

type Words = { readonly [key: string]: string | Words }

function keysOf(words: Words, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    // English has a singular where Chinese has none.
    typeof value === 'string' ? [prefix + key.replace(/_one$/, '')] : keysOf(value, `${prefix}${key}.`),
  )
}

function read(language: string, file: string): Words {
  return JSON.parse(readFileSync(join(import.meta.dirname, language, file), 'utf8'))
}

const blanks = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

function sentences(words: Words, prefix = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : sentences(value, `${prefix}${key}.`),
  )
}

describe('the words of the web', () => {
  const files = readdirSync(join(import.meta.dirname, 'zh'))

  it('have the same files in both languages', () => {
    assert.deepEqual(readdirSync(join(import.meta.dirname, 'en')), files)
  })

  for (const file of files) {
    it(`say everything of ${file} in Chinese and in English, with the same blanks to fill in`, () => {
      const [zh, en] = [read('zh', file), read('en', file)]
      assert.deepEqual([...new Set(keysOf(en))].sort(), keysOf(zh).sort())
      const english = new Map(sentences(en))
      for (const [key, text] of sentences(zh)) {
        assert.notEqual(text.trim(), '', key)
        assert.deepEqual(blanks(english.get(key) ?? ''), blanks(text), key)
      }
    })
  }
})
