import type { Problem } from '../problem.ts'
import type { Decision, DecisionService, InputData, KnowledgeModel, Model, Reference } from '../read/model.ts'
import { Reporter } from './scope.ts'

/**
 * A model with the place its elements have in the whole: those of an imported model are called by the names of the
 * imports they come through, `外部.决策`. A model imported twice has one place, the first found.
 */
export interface Placed {
  readonly model: Model
  readonly prefix: string
  readonly report: Reporter
}

/** The model and all it imports, the model itself first. */
export function placedModels(model: Model, problems: Problem[]): readonly Placed[] {
  const placed: Placed[] = [{ model, prefix: '', report: new Reporter(problems, { file: model.file }) }]
  for (const at of placed) {
    for (const { name, model: imported } of at.model.imports) {
      if (imported === undefined || placed.some(each => each.model === imported)) continue
      const prefix = name === '' ? at.prefix : `${at.prefix}${name}.`
      placed.push({ model: imported, prefix, report: new Reporter(problems, { file: imported.file }) })
    }
  }
  return placed
}

/** What the whole calls an element some element of `from` refers to. */
export function keyOf(placed: readonly Placed[], from: Placed, reference: Reference): string {
  if (reference.import === undefined) return from.prefix + reference.name
  const imported = from.model.imports.find(each => each.name === reference.import)?.model
  const at = placed.find(each => each.model === imported)
  return (at?.prefix ?? `${from.prefix}${reference.import}.`) + reference.name
}

/** Keys of all a decision or knowledge model requires. */
export interface Required {
  readonly inputs: readonly string[]
  readonly decisions: readonly string[]
  readonly knowledge: readonly string[]
}

export function requiredBy(
  placed: readonly Placed[],
  from: Placed,
  { requires }: Decision | KnowledgeModel,
): Required {
  const own = (names: readonly string[]) => names.map(name => from.prefix + name)
  const imported = (kind: 'input' | 'decision' | 'knowledge') =>
    requires.imported.filter(each => each.kind === kind).map(each => keyOf(placed, from, each))
  return {
    inputs: [...('inputs' in requires ? own(requires.inputs) : []), ...imported('input')],
    decisions: [...('decisions' in requires ? own(requires.decisions) : []), ...imported('decision')],
    knowledge: [...own(requires.knowledge), ...imported('knowledge')],
  }
}

export function findInput(placed: readonly Placed[], key: string): InputData | undefined {
  return find(placed, key, model => model.inputs)
}

export function findService(placed: readonly Placed[], key: string): DecisionService | undefined {
  return find(placed, key, model => model.services)
}

function find<Element extends { readonly name: string }>(
  placed: readonly Placed[],
  key: string,
  of: (model: Model) => readonly Element[],
): Element | undefined {
  for (const { model, prefix } of placed) {
    const element = of(model).find(each => prefix + each.name === key)
    if (element !== undefined) return element
  }
  return undefined
}
