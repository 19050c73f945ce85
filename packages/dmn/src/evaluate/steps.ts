import type { InNode, Node } from '../node/node.ts'
import { childrenOf } from '../node/walk.ts'
import { frozenPlain } from '../value/to-plain.ts'
import { toPlain, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { Last } from './last.ts'
import type { Evaluator, Run } from './run.ts'
import { compileTest } from './tests.ts'
import type { Step } from './trace.ts'

/** Steps written down for one decision; what a loop goes through beyond is worked out and left unsaid. */
export const STEPS_SHOWN_MAX = 2_000

const NO_STEPS: readonly Step[] = Object.freeze([])

/** A closure that also writes down what it worked out, after what it asked others on the way. */
export function stepping(compiler: Compiler, node: Node, evaluate: Evaluator): Evaluator {
  const { from, to } = node
  const source = compiler.where.text ?? ''
  const text = source.slice(from, to)
  // What was not written is not shown: that a value is among those allowed, for one.
  if (to <= from && source !== '') return evaluate
  if (node.kind === 'if' && node.refusal !== undefined) return evaluate
  switch (node.kind) {
    case 'text':
      return within(evaluate, node.text)
    // Says nothing until it is called.
    case 'knowledge':
    case 'function':
    case 'built-in value':
    case 'table':
      return evaluate
    case 'literal':
    case 'constant': {
      if (to <= from) return evaluate
      // Always the same, and so made once.
      const value = frozenPlain(node.value)
      const step: Step = Object.freeze({ kind: 'literal', text, from, to, value, steps: NO_STEPS })
      return leaf(evaluate, () => step)
    }
    case 'input':
    case 'decision': {
      if (to <= from) return evaluate
      const { kind, name } = node
      const slot = compiler.shared[kind === 'input' ? 'inputs' : 'decisions'].of(name)
      const last = new Last<Step>()
      return leaf(evaluate, (value, { plain }) => {
        const known = kind === 'input' ? plain?.inputs : plain?.decisions
        const shown = known === undefined ? toPlain(value) : (known[slot] ?? null)
        const { made } = last
        if (made?.value === shown) return last.again(made)
        return last.remember({ kind, text, from, to, name, value: shown, steps: NO_STEPS })
      })
    }
    case 'local': {
      if (to <= from) return evaluate
      const { kind, name } = node
      return leaf(evaluate, value => ({
        kind,
        text,
        from,
        to,
        name,
        value: toPlain(value),
        steps: NO_STEPS,
      }))
    }
    default:
      return branch(evaluate, (value, steps) => ({ kind: 'operation', text, from, to, value, steps }))
  }
}

/** Notes one more step; false where there are enough. */
function mayNote(run: Run): boolean {
  return run.steps !== null && run.budget.shown-- > 0
}

function leaf(evaluate: Evaluator, made: (value: Value, run: Run) => Step): Evaluator {
  return run => {
    const value = evaluate(run)
    if (mayNote(run)) run.steps?.push(made(value, run))
    return value
  }
}

function branch(
  evaluate: Evaluator,
  made: (value: Step['value'], steps: readonly Step[]) => Step,
): Evaluator {
  return run => {
    const noted = run.steps
    if (noted === null || run.budget.shown <= 0) return evaluate(run)
    run.budget.shown--
    const first = noted.length
    const value = evaluate(run)
    noted.push(made(toPlain(value), takenFrom(noted, first)))
    return value
  }
}

/** What has been noted since there were so many steps: they move into the one that asked for them. */
export function takenFrom(noted: Step[], first: number): readonly Step[] {
  if (noted.length === first) return NO_STEPS
  const steps = noted.slice(first)
  noted.length = first
  return steps
}

/** What is noted inside stands in a text of its own: the outermost steps say which. */
export function within(evaluate: Evaluator, source: string): Evaluator {
  return run => {
    const into = run.steps
    if (into === null) return evaluate(run)
    const first = into.length
    const value = evaluate(run)
    for (let i = first; i < into.length; i++) {
      const step = into[i]
      if (step && step.source === undefined) into[i] = { ...step, source }
    }
    return value
  }
}

/** Names what the next value is bound to: an entry, a parameter. */
export function labelled(evaluate: Evaluator, label: string): Evaluator {
  return run => {
    const into = run.steps
    if (into === null) return evaluate(run)
    const first = into.length
    const value = evaluate(run)
    const step = into[first]
    if (step && into.length === first + 1) into[first] = { label, ...step }
    return value
  }
}

/** `x in (tests)`: every value the tests compare with is shown, also those after the one that settled it. */
export function tracedIn(compiler: Compiler, node: InNode): Evaluator {
  const operand = compiler.node(node.operand)
  const bounds = childrenOf(node)
    .slice(1)
    .filter(child => child.to > child.from)
    .map(child => compiler.node(child))
  const test = compileTest(compiler.untraced(), node.test)
  return run => {
    const outer = run.subject
    run.subject = operand(run)
    for (const bound of bounds) bound(run)
    const result = test(run)
    run.subject = outer
    return result
  }
}
