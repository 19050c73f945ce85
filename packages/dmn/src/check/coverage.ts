import { type RuleRegions, regionsOf, shared } from '../node/disjoint.ts'
import type { Node } from '../node/node.ts'
import type { TableBody, TypedInput } from '../node/program.ts'
import {
  covers,
  describeSpan,
  EVERYTHING,
  intersection,
  isEmpty,
  type Region,
  regionOf,
  type Span,
  segments,
} from '../node/region.ts'
import type { Reporter } from './scope.ts'
import { reportUnreachable } from './unreachable.ts'

/** Combinations looked at before a table is left unsaid; a table that large is for the parity run to try. */
const STEPS_MAX = 20_000

/** Overlaps named in one table; whoever mends these sees the next. */
const OVERLAPS_MAX = 20

/** Rules of a Unique table that can match together, and values no rule speaks about. */
export function checkCoverage(
  body: TableBody,
  inputs: ReadonlyMap<string, TypedInput>,
  report: Reporter,
): void {
  const regions = body.rules.map(regionsOf)
  const names = body.columns.map(({ expression: { node } }) => inputOf(node))
  if (body.hitPolicy === 'U') reportOverlaps(body, regions, names, report)
  const domains = body.columns.map(({ expression: { node } }, c) =>
    domainOf(inputs.get(names[c] ?? ''), node),
  )
  reportUnreachable(body, regions, domains, report)
  const decidesAlone = ['U', 'F', 'A', 'P'].includes(body.hitPolicy)
  const hasDefault = body.outputs.some(output => output.default !== undefined)
  if (decidesAlone && !hasDefault && body.rules.length > 0)
    reportGap(body, regions, { domains, names }, report)
}

/** The input of each column that reads one as it is. */
type Names = readonly (string | undefined)[]

function reportOverlaps(
  body: TableBody,
  regions: readonly RuleRegions[],
  names: Names,
  report: Reporter,
): void {
  // Columns that depend on each other may rule a combination out that looks possible.
  const independent = !names.includes(undefined)
  let reported = 0
  for (const [i, one] of regions.entries()) {
    for (const [later, other] of regions.slice(i + 1).entries()) {
      const both = atOnce(shared(one, other), names)
      if (both === undefined) continue
      if (++reported > OVERLAPS_MAX) return
      const second = i + 1 + later
      const values = describe(
        body,
        both.map(region => region.spans[0] ?? {}),
      )
      const sentence = {
        zh: `规则 ${i + 1} 与规则 ${second + 1} 可能同时命中（${values}），而命中策略为“唯一”。请收紧其中一条。`,
        en: `Rules ${i + 1} and ${second + 1} can match together (${values}) under the hit policy Unique. Narrow one of them.`,
      }
      const where = { rule: second + 1, line: body.rules[second]?.line ?? 0 }
      if (independent) report.error('overlap', sentence, where)
      else report.warn('overlap', sentence, where)
    }
  }
}

/** What two rules share where columns that read one input have one value; undefined where that is nothing, or not known. */
function atOnce(both: RuleRegions | undefined, names: Names): readonly Region[] | undefined {
  const known = both?.filter(region => region !== undefined)
  if (known === undefined || known.length !== both?.length) return undefined
  const joint = known.map((region, c) =>
    known.reduce(
      (all, other, i) =>
        i !== c && names[i] !== undefined && names[i] === names[c] ? intersection(all, other) : all,
      region,
    ),
  )
  return joint.some(isEmpty) ? undefined : joint
}

function reportGap(
  body: TableBody,
  regions: readonly RuleRegions[],
  columns: Columns,
  report: Reporter,
): void {
  const known = regions.map(rule => rule.filter(region => region !== undefined))
  if (known.some((rule, i) => rule.length !== regions[i]?.length)) return
  const gap = findGap(known, columns)
  if (gap === undefined) return
  const values = describe(body, gap)
  report.warn('gap', {
    zh: `没有规则说明这种情况：${values}。届时结果为空值；请补一条规则或设默认结果。`,
    en: `No rule speaks about this case: ${values}. The result is then null; add a rule or a default output.`,
  })
}

/** The input a column reads, where it reads one as it is or as far as the column expects it. */
function inputOf(node: Node): string | undefined {
  if (node.kind === 'if' && node.refusal !== undefined) return inputOf(node.whenTrue)
  return node.kind === 'input' ? node.name : undefined
}

/** Values the column can have at all: those the input allows and the column expects. */
function domainOf(input: TypedInput | undefined, node: Node): Region {
  const tests = (input?.allowed ?? []).map(({ test }) => test)
  if (node.kind === 'if' && node.refusal !== undefined && node.condition.kind === 'in') {
    tests.push(node.condition.test)
  }
  return tests.map(regionOf).reduce<Region>((all, each) => (each ? intersection(all, each) : all), EVERYTHING)
}

interface Columns {
  readonly domains: readonly Region[]
  readonly names: Names
}

/** Column by column, with the rules still in play; the first combination that leaves none. */
function findGap(rules: readonly (readonly Region[])[], { domains, names }: Columns): Span[] | undefined {
  let steps = 0
  // What a column can have once columns before it have settled the value of the input it reads.
  const domainAt = (column: number, chosen: readonly Span[]): Region | undefined => {
    const name = names[column]
    return chosen.reduce<Region | undefined>(
      (domain, span, c) =>
        domain !== undefined && name !== undefined && names[c] === name
          ? intersection(domain, { missing: false, spans: [span] })
          : domain,
      domains[column],
    )
  }
  const search = (inPlay: readonly (readonly Region[])[], chosen: readonly Span[]): Span[] | undefined => {
    const column = chosen.length
    const domain = domainAt(column, chosen)
    if (inPlay.length === 0) {
      if (domain === undefined) return [...chosen]
      const [span] = domain.spans
      return span && search(inPlay, [...chosen, span])
    }
    if (domain === undefined) return undefined
    const comesAgain = names[column] !== undefined && names.includes(names[column], column + 1)
    const seen = new Set<string>()
    const of = (rule: readonly Region[]) => rule[column] ?? EVERYTHING
    for (const segment of segments(inPlay.map(of), domain)) {
      if (++steps > STEPS_MAX) return undefined
      const left = inPlay.filter(rule => covers(of(rule), segment))
      const key = inPlay.map(rule => (left.includes(rule) ? '1' : '0')).join('')
      if (seen.has(key) && !comesAgain) continue
      seen.add(key)
      const gap = search(left, [...chosen, segment])
      if (gap) return gap
    }
    return undefined
  }
  const gap = search(rules, [])
  // The last of the columns that read one input has it narrowest.
  return gap?.map((span, c) => (names[c] === undefined ? span : (gap[names.lastIndexOf(names[c])] ?? span)))
}

function describe(body: TableBody, spans: readonly Span[]): string {
  return body.columns.map(({ label }, i) => `${label} ${describeSpan(spans[i] ?? {})}`).join(', ')
}
