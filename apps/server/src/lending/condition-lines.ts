import type { Step, TableTrace, Trace } from '@millrace/dmn'
import type { PolicyVersion } from '../policy/index.ts'
import type { ConditionLine } from './claim-schemas.ts'

export type Labeller = (name: string) => { zh: string; en: string }

export function labeller({ manifest }: PolicyVersion): Labeller {
  return name => ({ zh: name, en: manifest.inputs[name]?.en ?? manifest.labels[name] ?? name })
}

/**
 * Each column of the table's first rule as a line: what was asked, the value, whether it was met; and where it could
 * not be told, which facts are missing and from whom they are to come.
 */
export function conditionLines(trace: Trace, decision: string, version: PolicyVersion): ConditionLine[] {
  const table = tableOf(trace, decision)
  const label = labeller(version)
  const [required] = table.rules
  return table.columns.map((column, index) => {
    const cell = required?.cells[index]
    const gap = cell?.gaps?.[0]
    const outcome = cell === undefined || cell.outcome === 'any' ? 'met' : OUTCOMES[cell.outcome]
    const bounds = boundsOf(trace, cell?.text ?? '')
    return {
      label: label(column.label),
      question: version.manifest.questions?.[column.label] ?? null,
      requirement: cell?.text ?? '',
      value: plainText(column.value),
      outcome,
      bounds,
      gap: gap
        ? { comparison: gap.comparison, bound: gap.bound, shortfall: gap.shortfall, unit: gap.unit }
        : null,
      missing:
        outcome === 'unknown'
          ? missingInputs(trace, [...namesIn(column.step), ...bounds.map(({ name }) => name)]).map(name => ({
              label: label(name),
              from: version.manifest.inputs[name]?.from ?? null,
            }))
          : [],
    }
  })
}

const OUTCOMES = { met: 'met', 'not met': 'not_met', unknown: 'unknown' } as const

/** The values of the names that a cell compares with: `<= 备案失效日` is only readable with its date. */
function boundsOf(trace: Trace, text: string): { name: string; value: string | null }[] {
  const named = [...trace.inputs, ...trace.decisions].filter(({ name }) => text.includes(name))
  return named.map(({ name, value }) => ({ name, value: plainText(value) }))
}

function namesIn(step: Step): string[] {
  return [...(step.name === undefined ? [] : [step.name]), ...step.steps.flatMap(namesIn)]
}

/** Down to the facts: what a worked-out value lacks is what it was to be worked out from. */
function missingInputs(trace: Trace, names: readonly string[]): string[] {
  const missing = new Set<string>()
  const seen = new Set<string>()
  const visit = (name: string) => {
    if (seen.has(name)) return
    seen.add(name)
    const decision = trace.decisions.find(each => each.name === name)
    if (decision)
      for (const each of [...decision.requires.inputs, ...decision.requires.decisions]) visit(each)
    else if (trace.inputs.find(each => each.name === name)?.value === null) missing.add(name)
  }
  for (const name of names) visit(name)
  return [...missing]
}

function tableOf(trace: Trace, decision: string): TableTrace {
  const logic = trace.decisions.find(({ name }) => name === decision)?.logic
  if (logic?.kind !== 'table') throw new Error(`The trace holds no table ${decision}`)
  return logic
}

export function plainText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
