import { programOf } from '../check/program.ts'
import { prepare } from '../evaluate/prepare.ts'
import { RequestError } from '../problem.ts'
import type { Model } from '../read/model.ts'
import { formatNumber } from '../value/number.ts'
import type { PlainInputs } from '../value/plain.ts'
import { isScalar } from '../value/type.ts'
import { toPlain } from '../value/value.ts'
import { findByRule } from './by-rule.ts'
import { describeChange } from './describe-change.ts'
import { measured } from './germ.ts'
import { groundOf } from './ground.ts'
import { findPairs } from './pairs.ts'
import { Search } from './search.ts'
import { effortOf, type Mover, type Step } from './step.ts'
import { Allowance, Trials, UNCHANGED } from './trials.ts'
import type { Change, InputChange, Movable, NearestChanges, NearestOptions } from './types.ts'

const EVALUATIONS_MAX = 20_000
const CHANGES_MAX = 10

/**
 * What would have to change for a decision to come to the wanted answer: one input, two together where no single one
 * does it, or more where the caller allows more. Where an answer turns is worked out from the rules, exactly as far as they compare sums, differences and
 * multiples; each change that is proposed has been evaluated. An input that is missing comes with all the values that do.
 *
 * @throws RequestError when the model has no such decision or input, or `asOf` is not a date
 *
 * @example
 * const { changes } = nearestChange(model, '资格', { 营业收入: '18500000' }, { asOf: '2026-06-21', wanted: { is: '符合' } })
 * // changes[0].zh: “营业收入”为 18,500,000，须达到 20,000,000：还差 1,500,000。
 */
export function nearestChange(
  model: Model,
  decision: string,
  inputs: PlainInputs,
  options: NearestOptions,
): NearestChanges {
  const prepared = prepare(model, decision)
  const { evaluations = EVALUATIONS_MAX, together = 2, changes: most = CHANGES_MAX } = options.limits ?? {}
  const ground = groundOf(model, decision)
  const allowance = new Allowance(evaluations)
  const trials = new Trials(ground, inputs, options, allowance)
  const answer = (changes: readonly Change[]): NearestChanges => ({
    value: toPlain(trials.now),
    reached: trials.meets(trials.now),
    changes,
    evaluations: allowance.taken,
    complete: allowance.complete,
  })
  if (trials.meets(trials.now)) return answer([])
  const run = ground.read(inputs, options)
  const movers = moversOf(model, prepared.inputs, options).map((movable): Mover => {
    const typed = programOf(model).inputs.get(movable.input)
    if (typed === undefined) throw new RangeError(`No input ${movable.input}`)
    return { typed, movable, from: run.inputs[ground.chain.inputSlots.of(movable.input)] ?? null }
  })
  const ranked = find(trials, movers, together).toSorted((a, b) => effortOf(a) - effortOf(b))
  return answer(ranked.slice(0, most).map(changeOf))
}

/** Fewer inputs before more. */
function find(trials: Trials, movers: readonly Mover[], togetherMax: number): Step[][] {
  const search = new Search(trials)
  const singles = movers.flatMap(mover => search.single(mover, UNCHANGED) ?? []).map(step => [step])
  if (singles.length > 0 || togetherMax < 2) return singles
  const byRule = findByRule(trials, movers, togetherMax)
  const two = byRule.filter(steps => steps.length === 2)
  if (two.length > 0) return two
  const pairs = findPairs(search, movers)
  return pairs.length > 0 ? pairs : byRule
}

function moversOf(model: Model, read: readonly string[], { movable }: NearestOptions): Movable[] {
  const { inputs } = programOf(model)
  const given = movable?.map(each => (typeof each === 'string' ? { input: each } : each))
  const unknown = given?.filter(({ input }) => !inputs.has(input)) ?? []
  if (unknown.length > 0) {
    throw new RequestError(
      unknown.map(({ input }) => ({
        code: 'unknown-name',
        severity: 'error',
        where: { file: model.file },
        zh: `模型中没有名为“${input}”的输入。`,
        en: `The model has no input "${input}".`,
      })),
    )
  }
  const all = given ?? read.map(input => ({ input }))
  return all.filter(({ input }) => read.includes(input) && isScalar(inputs.get(input)?.type ?? 'null'))
}

const UNITS = {
  number: 'number',
  date: 'day',
  'days and time duration': 'second',
  'years and months duration': 'month',
} as const

function changeOf(steps: readonly Step[]): Change {
  const inputs = steps.map(({ mover, to, values, example }): InputChange => {
    const { data, type } = mover.typed
    const [a, b] = [measured(mover.from), measured(to)]
    return {
      input: data.name,
      ...(data.label === undefined ? {} : { label: data.label }),
      type,
      from: toPlain(mover.from),
      to: toPlain(to),
      by: a && b ? formatNumber(b.at.minus(a.at)) : null,
      unit: a && b ? UNITS[b.kind] : null,
      ...(values === undefined ? {} : { values }),
      ...(example === undefined ? {} : { example }),
    }
  })
  return { inputs, value: toPlain(steps.at(-1)?.value ?? null), ...describeChange(inputs) }
}
