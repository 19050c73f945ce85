import type { RuleRegions } from '../node/disjoint.ts'
import type { TableBody } from '../node/program.ts'
import { covers, intersection, isEmpty, type Region, type Span, segments } from '../node/region.ts'
import type { Reporter } from './scope.ts'

/** Combinations looked at for one rule before it is left unsaid. */
const STEPS_MAX = 5_000

/** Rules no value can meet, and under First those that others always come before. */
export function reportUnreachable(
  body: TableBody,
  regions: readonly RuleRegions[],
  domains: readonly Region[],
  report: Reporter,
): void {
  for (const [r, rule] of regions.entries()) {
    const { line = 0, cells = [] } = body.rules[r] ?? {}
    const where = { rule: r + 1, line }
    const empty = rule.findIndex((region, c) => region !== undefined && cannotBeMet(region, domains[c]))
    if (empty >= 0) {
      const text = cells[empty]?.text ?? ''
      const label = body.columns[empty]?.label ?? ''
      report.warn(
        'unreachable',
        {
          zh: `规则 ${r + 1} 不可能命中：“${label}”没有任何值能满足“${text}”。请改正条件或删去该规则。`,
          en: `Rule ${r + 1} can never match: no value of "${label}" meets "${text}". Correct the condition or remove the rule.`,
        },
        { ...where, column: empty + 1, text },
      )
    } else if (body.hitPolicy === 'F') reportShadowed(r, rule, regions.slice(0, r), domains, where, report)
  }
}

/** A cell that answers about a missing value, as `-` and `null` do, can always be met. */
function cannotBeMet(region: Region, domain: Region | undefined): boolean {
  return !region.missing && isEmpty({ missing: false, spans: within(region, domain).spans })
}

function within(region: Region, domain: Region | undefined): Region {
  return domain === undefined ? region : intersection(region, domain)
}

function reportShadowed(
  r: number,
  rule: RuleRegions,
  earlier: readonly RuleRegions[],
  domains: readonly Region[],
  where: { rule: number; line: number },
  report: Reporter,
): void {
  const known = rule.filter(region => region !== undefined)
  if (known.length !== rule.length) return
  // A rule with a cell that is not known beforehand may let anything through, and shadows nothing for certain.
  const box = known.map((region, c) => within(region, domains[c]))
  const before = earlier.flatMap((each, i) => {
    const cells = each.filter(region => region !== undefined)
    return cells.length === each.length && meets(box, cells) ? [{ number: i + 1, cells }] : []
  })
  if (before.length === 0 || !isShadowed(box, before)) return
  const one = before.find(({ cells }) => isShadowed(box, [{ number: 0, cells }]))
  const numbers = one === undefined ? before.map(each => each.number) : [one.number]
  report.warn(
    'unreachable',
    {
      zh: `规则 ${r + 1} 永远用不到：凡满足它的情况，前面的规则（${numbers.join('、')}）都已先命中。请调整顺序或删去。`,
      en: `Rule ${r + 1} is never used: whatever meets it, an earlier rule (${numbers.join(', ')}) has matched first. Reorder or remove it.`,
    },
    where,
  )
}

/** Whether two rules share anything; those that share nothing with a rule, most of a long table, cannot shadow it. */
function meets(box: readonly Region[], cells: readonly Region[]): boolean {
  return box.every((own, c) => {
    const other = cells[c]
    return other === undefined || !isEmpty(intersection(own, other))
  })
}

interface Earlier {
  readonly number: number
  readonly cells: readonly Region[]
}

/** Whether each combination of values in the box, missing ones included, meets one of the earlier rules. */
function isShadowed(box: readonly Region[], rules: readonly Earlier[]): boolean {
  let steps = 0
  const search = (inPlay: readonly Earlier[], column: number): boolean => {
    if (inPlay.length === 0) return false
    const own = box[column]
    if (own === undefined) return true
    const of = (rule: Earlier) => rule.cells[column] ?? own
    const candidates: (Span | 'missing')[] = segments(inPlay.map(of), own)
    if (own.missing) candidates.push('missing')
    const seen = new Set<string>()
    for (const candidate of candidates) {
      if (++steps > STEPS_MAX) return false
      const left = inPlay.filter(rule =>
        candidate === 'missing' ? of(rule).missing : covers(of(rule), candidate),
      )
      const key = left.map(rule => rule.number).join()
      if (seen.has(key)) continue
      seen.add(key)
      if (!search(left, column + 1)) return false
    }
    return true
  }
  return search(rules, 0)
}
