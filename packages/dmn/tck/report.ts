import type { CaseResult } from './run-kit.ts'

export interface Score {
  readonly pass: number
  readonly total: number
}

export interface Summary extends Score {
  readonly fail: number
  readonly levels: { readonly [level: string]: Score }
  readonly failures: readonly {
    readonly directory: string
    readonly file: string
    readonly id: string
    readonly reason: string
  }[]
}

/** The kit scores test cases: one with several results passes when all are right. */
export function summarize(results: readonly CaseResult[]): Summary {
  const levels: Record<string, Score> = {}
  for (const { directory, passed } of results) {
    const level = directory.split('/')[0] ?? ''
    const { pass = 0, total = 0 } = levels[level] ?? {}
    levels[level] = { pass: pass + (passed ? 1 : 0), total: total + 1 }
  }
  const failures = results
    .filter(result => !result.passed)
    .map(({ directory, file, id, reason }) => ({ directory, file, id, reason }))
  return {
    pass: results.length - failures.length,
    fail: failures.length,
    total: results.length,
    levels,
    failures,
  }
}

/** `tck_results.csv` as the kit publishes it: folder, file, case, outcome, remark. */
export function toCsv(results: readonly CaseResult[]): string {
  const quote = (text: string) => `"${text.replace(/"/g, '""').replace(/\s+/g, ' ')}"`
  const row = ({ directory, file, id, passed, reason }: CaseResult) =>
    [directory, file, id, passed ? 'SUCCESS' : 'ERROR', reason].map(quote).join(',')
  return results.map(result => `${row(result)}\n`).join('')
}

export function toText({ pass, total, levels, failures }: Summary): string {
  const lines = failures.map(({ directory, file, id, reason }) => `${directory} ${file} ${id}: ${reason}`)
  for (const [level, score] of Object.entries(levels)) lines.push(`${level}: ${share(score)}`)
  lines.push(`all: ${share({ pass, total })}`)
  return lines.join('\n')
}

function share({ pass, total }: Score): string {
  return `${pass} of ${total} (${total === 0 ? '—' : ((100 * pass) / total).toFixed(2)} %)`
}
