import type { Node } from '../node/node.ts'
import type { Program, TypedDecision, TypedText } from '../node/program.ts'
import { isSingle } from '../node/single.ts'
import { type Location, type Problem, RequestError } from '../problem.ts'
import { isDecimal } from '../value/number.ts'
import { Reporter } from './scope.ts'

/** A fen is the second place after the point. */
const PLACES_OF_MONEY = 2

export interface MoneyOptions {
  /** Decisions whose values are amounts of yuan. */
  readonly money?: readonly string[]
  /** Places after the point of inputs that have more or fewer than yuan do: `{ 年利率: 6, 台数: 0 }`. */
  readonly places?: Readonly<Record<string, number>>
}

/** How many places after the point a value can have, and the operation that makes them. */
interface Places {
  /** Undefined where that cannot be told beforehand. */
  readonly most: number | undefined
  readonly because?: { readonly where: Location; readonly text: string }
}

/**
 * Money with more than two places after the point that no rule rounds: whoever pays it would have to choose how.
 * Inputs count as yuan unless `places` says otherwise; of lists and functions of the model nothing is said.
 */
export function moneyProblems(program: Program, { money = [], places = {} }: MoneyOptions): Problem[] {
  const problems: Problem[] = []
  const known = new Map<string, Places>()
  for (const name of money) {
    const typed = program.decisions.get(name)
    if (typed === undefined) throw new RequestError([unknownDecision(program, name)])
    const { most, because } = new Counter(program, places, known).decision(name)
    if (most === undefined || most <= PLACES_OF_MONEY || because === undefined) continue
    const { where, text } = because
    const many = Number.isFinite(most)
    new Reporter(problems, where).error('money', {
      zh: `“${name}”是金额，而这里的“${text}”可能${many ? `有 ${most} 位小数` : '除不尽'}（例如 ${exampleOf(most)}），没有规则取整到分。请写明怎样取整，例如 round half up(${text}, 2)。`,
      en: `"${name}" is money, and "${text}" here can ${many ? `have ${most} places after the point` : 'go on for ever'} (${exampleOf(most)} for one) with no rule to round it to the fen. Say how to round, as in round half up(${text}, 2).`,
    })
  }
  return problems
}

function exampleOf(most: number): string {
  return Number.isFinite(most) ? `0.${'0'.repeat(most - 1)}1` : '1 / 3 = 0.3333…'
}

function unknownDecision({ model }: Program, name: string): Problem {
  return {
    code: 'unknown-name',
    severity: 'error',
    where: { file: model.file },
    zh: `模型中没有名为“${name}”的决策。`,
    en: `The model has no decision "${name}".`,
  }
}

const UNTOLD: Places = { most: undefined }
const WHOLE: Places = { most: 0 }

class Counter {
  readonly #program: Program
  readonly #inputs: Readonly<Record<string, number>>
  readonly #known: Map<string, Places>

  constructor(program: Program, inputs: Readonly<Record<string, number>>, known: Map<string, Places>) {
    this.#program = program
    this.#inputs = inputs
    this.#known = known
  }

  decision(name: string): Places {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const typed = this.#program.decisions.get(name)
    const places = typed === undefined ? UNTOLD : this.#body(typed)
    this.#known.set(name, places)
    return places
  }

  #body({ body, file, decision }: TypedDecision): Places {
    const at = (text: TypedText, place: Partial<Location> = {}) =>
      this.#node(text.node, { file, element: decision.name, line: text.line, text: text.text, ...place })
    if (body.kind === 'expression') return at(body.expression)
    if (body.kind !== 'table' || body.outputs.length !== 1) return UNTOLD
    if (body.hitPolicy === 'C#') return WHOLE
    const rules = body.rules.flatMap(({ number, outputs: [output] }) =>
      output === undefined ? [] : [at(output, { rule: number, output: 1 })],
    )
    const byDefault = body.outputs.flatMap(output =>
      output.default ? [at(output.default, { output: 1 })] : [],
    )
    return mostOf([...rules, ...byDefault])
  }

  #node(node: Node, where: Location): Places {
    const of = (each: Node) => this.#node(each, where)
    const made = (most: number | undefined): Places => ({
      most,
      because: {
        where: { ...where, from: node.from, to: node.to },
        text: (where.text ?? '').slice(node.from, node.to),
      },
    })
    if (isSingle(node)) return UNTOLD
    switch (node.kind) {
      case 'literal':
        return isDecimal(node.value) ? made(node.value.decimalPlaces()) : WHOLE
      case 'input':
        return made(this.#inputs[node.name] ?? PLACES_OF_MONEY)
      case 'decision':
        return this.decision(node.name)
      case 'negate':
        return of(node.operand)
      case 'arithmetic': {
        const [left, right] = [of(node.left), of(node.right)]
        if (node.operator === '/' || node.operator === '**') return made(Number.POSITIVE_INFINITY)
        if (node.operator !== '*') return mostOf([left, right])
        if (left.most === undefined || right.most === undefined) return UNTOLD
        // What one side has too many of already stays what is said.
        if (left.most === 0) return right
        return right.most === 0 ? left : made(left.most + right.most)
      }
      case 'duration':
        return node.type === 'number' ? made(Number.POSITIVE_INFINITY) : WHOLE
      case 'round': {
        const [places, operand] = [node.places, of(node.operand)]
        if (places.kind !== 'literal' || !isDecimal(places.value)) return UNTOLD
        const kept = Math.max(0, places.value.trunc().toNumber())
        return operand.most !== undefined && operand.most < kept ? operand : made(kept)
      }
      case 'if':
        return mostOf([of(node.whenTrue), of(node.otherwise)])
      case 'call':
        return ['min', 'max', 'sum', 'abs', 'modulo'].includes(node.function)
          ? mostOf(node.args.map(of))
          : UNTOLD
      case 'date part':
      case 'duration part':
        return WHOLE
      default:
        return UNTOLD
    }
  }
}

/** Of several values the one with the most places; untold only where none is known to have too many. */
function mostOf(places: readonly Places[]): Places {
  const told = places.filter(({ most }) => most !== undefined)
  const first = told.toSorted((a, b) => (b.most ?? 0) - (a.most ?? 0))[0] ?? UNTOLD
  if ((first.most ?? 0) > PLACES_OF_MONEY || told.length === places.length) return first
  return UNTOLD
}
