import { programOf } from '../check/program.ts'
import { prepare } from '../evaluate/prepare.ts'
import { RequestError } from '../problem.ts'
import type { Model } from '../read/model.ts'
import { Decimal, formatNumber } from '../value/number.ts'
import type { PlainInputs } from '../value/plain.ts'
import { isScalar } from '../value/type.ts'
import { toPlain } from '../value/value.ts'
import { describeChange } from './describe-change.ts'
import { measured } from './germ.ts'
import { groundOf } from './ground.ts'
import { type Mover, Search, type Step } from './search.ts'
import { Trials, UNCHANGED } from './trials.ts'
import type { Change, InputChange, Movable, NearestChanges, NearestOptions } from './types.ts'

const EVALUATIONS_MAX = 20_000
const CHANGES_MAX = 10

/**
 * What would have to change for a decision to come to the wanted answer: one input, or two together where no single one
 * does it. Where an answer turns is worked out from the rules, exactly as far as they compare sums, differences and
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
  const trials = new Trials(prepared, inputs, options, evaluations)
  const answer = (changes: readonly Change[]): NearestChanges => ({
    value: toPlain(trials.now),
    reached: trials.meets(trials.now),
    changes,
    evaluations: trials.taken,
    complete: trials.complete,
  })
  if (trials.meets(trials.now)) return answer([])
  const run = ground.read(inputs, options)
  const movers = moversOf(model, prepared.inputs, options).map((movable): Mover => {
    const typed = programOf(model).inputs.get(movable.input)
    if (typed === undefined) throw new RangeError(`No input ${movable.input}`)
    return { typed, movable, from: run.inputs[ground.chain.inputSlots.of(movable.input)] ?? null }
  })
  const search = new Search(ground, trials, inputs)
  let found = movers.flatMap(mover => search.single(mover, UNCHANGED) ?? []).map(step => [step])
  if (found.length === 0 && together === 2) found = pairs(search, movers)
  const ranked = found.toSorted((a, b) => effortOf(a) - effortOf(b))
  return answer(ranked.slice(0, most).map(changeOf))
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

/** Each input to where something turns, and then another to the rest. The smallest for each two is kept. */
function pairs(search: Search, movers: readonly Mover[]): Step[][] {
  const best = new Map<string, Step[]>()
  for (const first of movers) {
    const { name } = first.typed.data
    for (const to of search.turns(first)) {
      for (const second of movers) {
        if (second === first || search.trials.limited) continue
        const step = search.single(second, new Map([[name, to]]))
        if (step === undefined) continue
        const pair = [{ mover: first, to, value: step.value }, step]
        const key = [name, second.typed.data.name].toSorted().join('\n')
        const known = best.get(key)
        if (known === undefined || effortOf(pair) < effortOf(known)) best.set(key, pair)
      }
    }
  }
  return [...best.values()].map(pair => tightened(search, pair))
}

/** The first of two went to a turn; now that the other stands, it may have less far to go. */
function tightened(search: Search, [first, second]: Step[]): Step[] {
  if (first === undefined || second === undefined) return []
  const nearer = search.single(first.mover, new Map([[second.mover.typed.data.name, second.to]]))
  const pair = [nearer ?? first, second]
  return effortOf(pair) <= effortOf([first, second]) ? pair : [first, second]
}

const DAYS_A_YEAR = 365

/** How much of itself a value changes; what is merely missing has nothing to change. */
function effortOf(steps: readonly Step[]): number {
  return steps.reduce((total, { mover: { from }, to }) => {
    if (from === null) return total
    const [a, b] = [measured(from), measured(to)]
    if (a === undefined || b === undefined) return total + 1
    const by = b.at.minus(a.at).abs()
    switch (b.kind) {
      case 'number':
        return total + by.div(Decimal.max(a.at.abs(), b.at.abs())).toNumber()
      case 'date':
        return total + by.div(DAYS_A_YEAR).toNumber()
      case 'days and time duration':
        return total + by.div(86_400 * DAYS_A_YEAR).toNumber()
      case 'years and months duration':
        return total + by.div(12).toNumber()
      default:
        return b.kind satisfies never
    }
  }, 0)
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
