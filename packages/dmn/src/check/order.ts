import type { Decision } from '../read/model.ts'
import type { Reporter } from './scope.ts'

/**
 * Decisions in an order in which each comes after those it requires. Decisions on a cycle are reported and left
 * out; what requires them finds them missing. Walks with a list of its own, so a long chain cannot exhaust the stack.
 */
export function inOrder(decisions: readonly Decision[], report: Reporter): Decision[] {
  const byName = new Map<string, Decision>()
  for (const decision of decisions) if (!byName.has(decision.name)) byName.set(decision.name, decision)
  const done = new Set<string>()
  const cyclic = new Set<string>()
  const ordered: Decision[] = []

  for (const start of byName.values()) {
    const path: { decision: Decision; next: number }[] = [{ decision: start, next: 0 }]
    const onPath = new Set([start.name])
    if (done.has(start.name)) continue
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const required = byName.get(top.decision.requires.decisions[top.next++] ?? '')
      if (required === undefined) {
        if (top.next <= top.decision.requires.decisions.length) continue
        path.pop()
        onPath.delete(top.decision.name)
        done.add(top.decision.name)
        if (!cyclic.has(top.decision.name)) ordered.push(top.decision)
      } else if (onPath.has(required.name)) {
        const names = path.map(each => each.decision.name)
        reportCycle(names.slice(names.indexOf(required.name)), required, report, cyclic)
      } else if (!done.has(required.name)) {
        path.push({ decision: required, next: 0 })
        onPath.add(required.name)
      }
    }
  }
  return ordered
}

function reportCycle(names: readonly string[], at: Decision, report: Reporter, cyclic: Set<string>): void {
  for (const name of names) cyclic.add(name)
  const circle = [...names, at.name].join(' → ')
  report.error(
    'cycle',
    {
      zh: `决策之间循环引用：${circle}。请去掉其中一条信息要求。`,
      en: `Decisions require each other in a circle: ${circle}. Remove one of these requirements.`,
    },
    { element: at.name, line: at.line },
  )
}
