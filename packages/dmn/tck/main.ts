import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { summarize, toCsv, toText } from './report.ts'
import { runKit } from './run-kit.ts'

const USAGE = `npm run tck -- DIR [--json] [--csv FILE]

Runs the test cases of the DMN Technology Compatibility Kit below DIR (its TestCases folder, or part of it), prints
each that fails with the reason, then the score by level, and writes all to FILE (tck_results.csv here) in the kit's
own form. --json prints one line {pass, fail, total, levels, failures} last.

Exit code: 0 all passed, 1 some failed, 2 nothing could be run.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, csv: { type: 'string' }, help: { type: 'boolean' } },
})
const [folder] = positionals
if (values.help === true || folder === undefined || !existsSync(folder)) {
  if (folder !== undefined && values.help !== true) process.stderr.write(`There is no folder ${folder}.\n\n`)
  process.stderr.write(`${USAGE}\n`)
  process.exit(values.help === true ? 0 : 2)
}
const results = runKit(folder)
if (results.length === 0) {
  process.stderr.write(`There are no test cases below ${folder}.\n`)
  process.exit(2)
}
const summary = summarize(results)
writeFileSync(values.csv ?? 'tck_results.csv', toCsv(results))
process.stdout.write(`${toText(summary)}\n`)
const silent = results.reduce((sum, result) => sum + result.silent, 0)
if (silent > 0) process.stdout.write(`null by an error, without a message: ${silent}\n`)
if (values.json === true) process.stdout.write(`${JSON.stringify(summary)}\n`)
process.exitCode = summary.fail === 0 ? 0 : 1
