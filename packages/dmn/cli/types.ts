#!/usr/bin/env node
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { ModelError, readModels, typesOf } from '../src/index.ts'

const USAGE = `millrace-dmn-types FILE… [--out FILE] [--name Model] [--from @millrace/dmn]

Writes the TypeScript types of the decisions of a DMN file: for each its name, its inputs and its output. Several files
are read together; the types are those of the last, which may import the others. Without --out they are printed.

Exit code: 0 written, 1 the file is no model, 2 no file was given.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    name: { type: 'string' },
    from: { type: 'string' },
    help: { type: 'boolean' },
  },
})
const missing = positionals.filter(file => !existsSync(file))
if (values.help === true || positionals.length === 0 || missing.length > 0) {
  for (const file of missing) process.stderr.write(`There is no file ${file}.\n`)
  process.stderr.write(`${USAGE}\n`)
  process.exit(values.help === true ? 0 : 2)
}
try {
  const files = positionals.map(file => ({ file: basename(file), xml: readFileSync(file, 'utf8') }))
  const model = readModels(files).at(-1)
  const { name, from } = values
  const options = { ...(name === undefined ? {} : { name }), ...(from === undefined ? {} : { from }) }
  const text = model === undefined ? '' : typesOf(model, options)
  if (values.out === undefined) process.stdout.write(text)
  else writeFileSync(values.out, text)
} catch (error) {
  if (!(error instanceof ModelError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
