import type { Reporter } from './scope.ts'

/** Something that can only be typed after what it requires. */
export interface Ordered {
  readonly key: string
  readonly name: string
  readonly line: number
  readonly requires: readonly string[]
  /** Functions may call each other and themselves: what they call is looked up when they run. */
  readonly mayRecur: boolean
  readonly report: Reporter
}

/**
 * Elements in an order in which each comes after those it requires. Those on a circle are reported and left out,
 * unless all of it are functions; what requires them finds them missing. Walks with a list of its own, so a long
 * chain cannot exhaust the stack.
 */
export function inOrder<Element extends Ordered>(elements: readonly Element[]): Element[] {
  const byKey = new Map<string, Element>()
  for (const element of elements) if (!byKey.has(element.key)) byKey.set(element.key, element)
  const done = new Set<string>()
  const cyclic = new Set<string>()
  const ordered: Element[] = []

  for (const start of byKey.values()) {
    if (done.has(start.key)) continue
    const path: { element: Element; next: number }[] = [{ element: start, next: 0 }]
    const onPath = new Set([start.key])
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const required = byKey.get(top.element.requires[top.next++] ?? '')
      if (required === undefined) {
        if (top.next <= top.element.requires.length) continue
        path.pop()
        onPath.delete(top.element.key)
        done.add(top.element.key)
        if (!cyclic.has(top.element.key)) ordered.push(top.element)
      } else if (onPath.has(required.key)) {
        const elementsOnPath = path.map(each => each.element)
        const circle = elementsOnPath.slice(elementsOnPath.indexOf(required))
        if (circle.every(each => each.mayRecur)) warnOfRecursion(circle, required)
        else reportCycle(circle, required, cyclic)
      } else if (!done.has(required.key)) {
        path.push({ element: required, next: 0 })
        onPath.add(required.key)
      }
    }
  }
  return ordered
}

function reportCycle(elements: readonly Ordered[], at: Ordered, cyclic: Set<string>): void {
  for (const { key } of elements) cyclic.add(key)
  const circle = [...elements, at].map(each => each.name).join(' → ')
  at.report.error(
    'cycle',
    {
      zh: `决策之间循环引用：${circle}。请去掉其中一条信息要求。`,
      en: `Decisions require each other in a circle: ${circle}. Remove one of these requirements.`,
    },
    { element: at.name, line: at.line },
  )
}

function warnOfRecursion(elements: readonly Ordered[], at: Ordered): void {
  const circle = [...elements, at].map(each => each.name).join(' → ')
  at.report.warn(
    'cycle',
    {
      zh: `业务知识循环调用：${circle}。请确认它对每个参数都会结束；嵌套过深时结果为空值。`,
      en: `Knowledge models call each other in a circle: ${circle}. Make sure it ends for every argument; nested too deep the result is null.`,
    },
    { element: at.name, line: at.line },
  )
}
