import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { API_TYPES, apiTypes } from './api-types.ts'

it("the web's types of the API are those of the server's routes", async () => {
  const current = readFileSync(API_TYPES, 'utf8') === (await apiTypes())
  assert.ok(current, 'The routes have changed: run npm run api-types and look at what the web makes of them.')
})
