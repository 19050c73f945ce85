import type { Program, TypedDecision, TypedInput, TypedKnowledge } from '../node/program.ts'
import type { Problem } from '../problem.ts'
import type { Decision, DecisionService, KnowledgeModel, Model } from '../read/model.ts'
import type { FunctionType, Type } from '../value/type.ts'
import { checkCoverage } from './coverage.ts'
import { typeDecision } from './decision.ts'
import { checkDivisions } from './division.ts'
import {
  keyOf,
  namesFor,
  type Placed,
  placedModels,
  type Required,
  type RequiredElement,
  requiredBy,
  requiring,
} from './elements.ts'
import { typeInput, typeNamesOf } from './inputs.ts'
import { declaredFunction, typeKnowledgeModel, typeService } from './knowledge.ts'
import { checkMissing } from './missing-tests.ts'
import { inOrder, type Ordered } from './order.ts'
import type { Reporter, Scope } from './scope.ts'
import type { TypeNames } from './type-names.ts'

const programs = new WeakMap<Model, Program>()

/** The typed form of a model, worked out once. */
export function programOf(model: Model): Program {
  const known = programs.get(model)
  if (known !== undefined) return known
  const program = new ProgramTyper(model).program()
  programs.set(model, program)
  return program
}

interface Element extends Ordered {
  readonly from: Placed
  readonly required: Required
  readonly of:
    | { readonly kind: 'decision'; readonly decision: Decision }
    | { readonly kind: 'model'; readonly model: KnowledgeModel }
    | { readonly kind: 'service'; readonly service: DecisionService }
}

class ProgramTyper {
  readonly #model: Model
  readonly #problems: Problem[] = []
  readonly #placed: readonly Placed[]
  readonly #types: ReadonlyMap<Placed, TypeNames>
  readonly #inputs = new Map<string, TypedInput>()
  readonly #decisions = new Map<string, TypedDecision>()
  readonly #knowledge = new Map<string, TypedKnowledge>()

  constructor(model: Model) {
    this.#model = model
    this.#placed = placedModels(model, this.#problems)
    const types = new Map<Placed, TypeNames>()
    for (const at of this.#placed)
      types.set(
        at,
        typeNamesOf(at, other => types.get(other)),
      )
    this.#types = types
  }

  program(): Program {
    for (const at of this.#placed) {
      reportDuplicates(at.model, at.report)
      reportNotRun(at.model, at.report)
      for (const data of at.model.inputs) {
        const key = at.prefix + data.name
        if (this.#inputs.has(key)) continue
        const report = at.report.at({ element: data.name, line: data.line })
        const input = typeInput(data, key, at.model.file, this.#typesOf(at), report)
        if (input) this.#inputs.set(key, input)
      }
    }
    for (const element of inOrder(this.#placed.flatMap(at => this.#elementsOf(at)))) this.#type(element)
    const sorted = this.#problems.toSorted((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0))
    return {
      model: this.#model,
      inputs: this.#inputs,
      decisions: this.#decisions,
      knowledge: this.#knowledge,
      problems: sorted,
    }
  }

  #typesOf(at: Placed): TypeNames {
    const types = this.#types.get(at)
    if (types === undefined) throw new RangeError('A model without a place.')
    return types
  }

  #elementsOf(from: Placed): Element[] {
    const { model, prefix, report } = from
    const decisions = model.decisions.map((decision): Element => {
      const required = requiredBy(from, decision)
      const { name, line } = decision
      const of = { kind: 'decision' as const, decision }
      return { ...ordered(`d:${prefix}${name}`, name, line, report, required), from, required, of }
    })
    const models = model.knowledgeModels.map((each): Element => {
      const required = requiredBy(from, each)
      const { name, line } = each
      const of = { kind: 'model' as const, model: each }
      const order = ordered(`k:${prefix}${name}`, name, line, report, required)
      return { ...order, mayRecur: true, from, required, of }
    })
    const services = model.services.map((service): Element => {
      const required = requiring(
        [...service.outputDecisions, ...service.inputDecisions].map(each => ({
          ...each,
          kind: 'decision',
          key: keyOf(from, each),
        })),
      )
      const { name, line } = service
      const of = { kind: 'service' as const, service }
      return { ...ordered(`k:${prefix}${name}`, name, line, report, required), from, required, of }
    })
    return [...decisions, ...models, ...services]
  }

  #type({ from, required, of }: Element): void {
    const { model, prefix, report } = from
    const types = this.#typesOf(from)
    const scope = (itself: readonly RequiredElement[] = []): Scope => ({
      names: namesFor(requiring([...required.elements, ...itself]), each => this.#typeOf(each)),
      elsewhere: namesIn(from.model),
      types,
    })
    switch (of.kind) {
      case 'decision': {
        const { name, line } = of.decision
        const at = report.at({ element: name, line })
        const decision = { ...of.decision, name: prefix + name }
        const typed = typeDecision(decision, model.file, scope(), required, model.sources, at)
        this.#decisions.set(decision.name, typed)
        if (typed.body.kind === 'table') {
          checkCoverage(typed.body, this.#inputs, at)
          checkMissing(typed.body, this.#inputs, this.#decisions, at)
        }
        checkDivisions(typed, this.#inputs, at)
        return
      }
      case 'model': {
        const { name, line } = of.model
        const at = report.at({ element: name, line })
        const key = prefix + name
        // It may call itself without being drawn to require itself.
        const itself: RequiredElement = { kind: 'knowledge', name, key }
        this.#knowledge.set(key, typeKnowledgeModel(of.model, key, model.file, scope([itself]), at))
        return
      }
      case 'service': {
        const { name, line } = of.service
        const at = report.at({ element: name, line })
        const typed = { inputs: this.#inputs, decisions: this.#decisions }
        this.#knowledge.set(prefix + name, typeService(of.service, from, types, typed, at))
        return
      }
      default:
        of satisfies never
    }
  }

  #typeOf({ kind, key }: RequiredElement): Type | undefined {
    if (kind === 'input') return this.#inputs.get(key)?.type
    return kind === 'decision' ? this.#decisions.get(key)?.type : this.#typeOfKnowledge(key)
  }

  #typeOfKnowledge(key: string): FunctionType | undefined {
    const known = this.#knowledge.get(key)
    if (known !== undefined) return known.type
    // Not typed yet: a function that calls itself, directly or through others.
    for (const at of this.#placed) {
      const model = at.model.knowledgeModels.find(each => at.prefix + each.name === key)
      if (model !== undefined) return declaredFunction(model, this.#typesOf(at))
    }
    return undefined
  }
}

function ordered(
  key: string,
  name: string,
  line: number,
  report: Reporter,
  required: Required,
): Omit<Ordered, never> {
  const requires = [
    ...required.decisions.map(each => `d:${each}`),
    ...required.knowledge.map(each => `k:${each}`),
  ]
  return { key, name, line, report, requires, mayRecur: false }
}

const namesOfModels = new WeakMap<Model, ReadonlySet<string>>()

function namesIn(model: Model): ReadonlySet<string> {
  const { inputs, decisions, knowledgeModels, services } = model
  const known =
    namesOfModels.get(model) ??
    new Set([...inputs, ...decisions, ...knowledgeModels, ...services].map(each => each.name))
  namesOfModels.set(model, known)
  return known
}

function reportNotRun(model: Model, report: Reporter): void {
  for (const { name: element, line, element: kind } of model.unsupported) {
    report.warn(
      'unsupported',
      {
        zh: `<${kind}>“${element}”不执行；不依赖它的决策不受影响。`,
        en: `<${kind}> "${element}" does not run; decisions that do not use it are unaffected.`,
      },
      { element, line },
    )
  }
}

function reportDuplicates(model: Model, report: Reporter): void {
  const seen = new Set<string>()
  const { inputs, decisions, knowledgeModels, services } = model
  for (const { name: element, line } of [...inputs, ...decisions, ...knowledgeModels, ...services]) {
    if (seen.has(element)) {
      report.error(
        'duplicate-name',
        {
          zh: `名称“${element}”用了不止一次。输入、决策与业务知识的名称须各不相同。`,
          en: `The name "${element}" is used more than once; inputs, decisions and knowledge need names of their own.`,
        },
        { element, line },
      )
    }
    seen.add(element)
  }
}
