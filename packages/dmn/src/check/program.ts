import type { Program, TypedDecision, TypedInput, TypedKnowledge } from '../node/program.ts'
import type { FunctionType, Type } from '../node/type.ts'
import type { Problem } from '../problem.ts'
import type { Decision, DecisionService, KnowledgeModel, Model } from '../read/model.ts'
import { checkCoverage } from './coverage.ts'
import { typeDecision } from './decision.ts'
import { keyOf, type Placed, placedModels, type Required, requiredBy } from './elements.ts'
import { typeInput, typeNamesOf } from './inputs.ts'
import { declaredFunction, typeKnowledgeModel, typeService } from './knowledge.ts'
import { inOrder, type Ordered } from './order.ts'
import type { ElementName, NamedValue, Reporter, Scope } from './scope.ts'
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
    this.#types = new Map(this.#placed.map(at => [at, typeNamesOf(at)]))
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
      const required = requiredBy(this.#placed, from, decision)
      const { name, line } = decision
      const of = { kind: 'decision' as const, decision }
      return { ...ordered(`d:${prefix}${name}`, name, line, report, required), from, required, of }
    })
    const models = model.knowledgeModels.map((each): Element => {
      const required = requiredBy(this.#placed, from, each)
      const { name, line } = each
      const of = { kind: 'model' as const, model: each }
      const order = ordered(`k:${prefix}${name}`, name, line, report, required)
      return { ...order, mayRecur: true, from, required, of }
    })
    const services = model.services.map((service): Element => {
      const outputs = service.outputDecisions.map(each => keyOf(this.#placed, from, each))
      const given = service.inputDecisions.map(each => keyOf(this.#placed, from, each))
      const required: Required = { inputs: [], decisions: [...outputs, ...given], knowledge: [] }
      const { name, line } = service
      const of = { kind: 'service' as const, service }
      return { ...ordered(`k:${prefix}${name}`, name, line, report, required), from, required, of }
    })
    return [...decisions, ...models, ...services]
  }

  #type({ from, required, of }: Element): void {
    const { model, prefix, report } = from
    const types = this.#typesOf(from)
    const scope = (itself: readonly string[] = []): Scope => ({
      names: this.#namesFor(from, { ...required, knowledge: [...required.knowledge, ...itself] }),
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
        if (typed.body.kind === 'table') checkCoverage(typed.body, this.#inputs, at)
        return
      }
      case 'model': {
        const { name, line } = of.model
        const at = report.at({ element: name, line })
        const key = prefix + name
        // It may call itself without being drawn to require itself.
        this.#knowledge.set(key, typeKnowledgeModel(of.model, key, model.file, scope([key]), at))
        return
      }
      case 'service': {
        const { name, line } = of.service
        const at = report.at({ element: name, line })
        const typed = { inputs: this.#inputs, decisions: this.#decisions }
        const place = { placed: this.#placed, from }
        this.#knowledge.set(prefix + name, typeService(of.service, place, types, typed, at))
        return
      }
      default:
        of satisfies never
    }
  }

  /** Elements by the names the file knows them under: its own by their own, imported ones behind the import's. */
  #namesFor(from: Placed, required: Required): ReadonlyMap<string, NamedValue> {
    const names = new Map<string, NamedValue>()
    const add = (kind: ElementName['kind'], key: string, type: Type | undefined) => {
      const value: ElementName = { kind, type, key }
      const own = ownName(from, key)
      if (own !== undefined) {
        names.set(own, value)
        return
      }
      const home = this.#placed.find(at => at !== from && ownName(at, key) !== undefined)
      const through = from.model.imports.find(each => each.model !== undefined && each.model === home?.model)
      const name = home && ownName(home, key)
      if (name === undefined || through === undefined) return
      if (through.name === '') {
        if (!names.has(name)) names.set(name, value)
        return
      }
      const namespace = names.get(through.name)
      const members = namespace?.kind === 'namespace' ? namespace.members : new Map<string, NamedValue>()
      names.set(through.name, { kind: 'namespace', members: new Map([...members, [name, value]]) })
    }
    for (const key of required.inputs) add('input', key, this.#inputs.get(key)?.type)
    for (const key of required.decisions) add('decision', key, this.#decisions.get(key)?.type)
    for (const key of required.knowledge) add('knowledge', key, this.#typeOfKnowledge(key))
    return names
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

/** The name an element has in the model itself. */
function ownName({ model, prefix }: Placed, key: string): string | undefined {
  if (!key.startsWith(prefix)) return undefined
  const name = key.slice(prefix.length)
  return namesIn(model).has(name) ? name : undefined
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
