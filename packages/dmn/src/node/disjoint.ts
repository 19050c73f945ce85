import type { TableBody, TypedRule } from './program.ts'
import { intersection, isEmpty, type Region, regionOf } from './region.ts'

/** What each cell of each rule lets through; undefined where that cannot be known beforehand. */
export type RuleRegions = readonly (Region | undefined)[]

export function regionsOf(rule: TypedRule): RuleRegions {
  return rule.cells.map(cell => regionOf(cell.test))
}

/** What two rules share in each column; undefined as soon as a column keeps them apart. */
export function shared(a: RuleRegions, b: RuleRegions): RuleRegions | undefined {
  const both: (Region | undefined)[] = []
  for (const [i, region] of a.entries()) {
    const other = b[i]
    const common = region && other && intersection(region, other)
    if (common !== undefined && isEmpty(common)) return undefined
    both.push(common)
  }
  return both
}

const known = new WeakMap<TableBody, boolean>()

/** Whether no row whatever can match two rules: then looking for the first is looking for the only one. */
export function rulesExcludeEachOther(body: TableBody): boolean {
  const answer = known.get(body) ?? excludeEachOther(body.rules.map(regionsOf))
  known.set(body, answer)
  return answer
}

function excludeEachOther(regions: readonly RuleRegions[]): boolean {
  return regions.every((one, i) => {
    for (let j = i + 1; j < regions.length; j++) {
      const other = regions[j]
      if (other !== undefined && shared(one, other) !== undefined) return false
    }
    return true
  })
}
