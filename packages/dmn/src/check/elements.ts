import type { Problem } from '../problem.ts'
import type { Decision, KnowledgeModel, Model, Reference } from '../read/model.ts'
import { type ElementName, type NamedValue, Reporter } from './scope.ts'

/**
 * A model with the place its elements have in the whole: those of an imported model are called by the names of the
 * imports they come through, `外部.决策`. A model imported by two ways has two places, each with inputs of its own
 * (FEEL's own tests, 0086a); without a name an import adds nothing to the way.
 */
export interface Placed {
  readonly model: Model
  readonly prefix: string
  readonly report: Reporter
  /** Where its imports lead, by their names. */
  readonly imports: ReadonlyMap<string, Placed>
}

/** Ways through imports that are followed: a net of files that import each other has more than anyone names. */
const PLACES_MAX = 200

/** The model and all it imports, the model itself first. Files that import in a circle lead back to themselves. */
export function placedModels(model: Model, problems: Problem[]): readonly Placed[] {
  const place = (of: Model, prefix: string, around: readonly OpenPlace[]): OpenPlace => {
    // What is wrong with a file is said once, whatever the ways to it.
    const said = open.some(each => each.model === of) ? [] : problems
    return { model: of, prefix, report: new Reporter(said, { file: of.file }), imports: new Map(), around }
  }
  const open: OpenPlace[] = []
  open.push(place(model, '', []))
  for (const at of open) {
    const path = [...at.around, at]
    for (const { name, model: imported } of at.model.imports) {
      if (imported === undefined) continue
      const prefix = name === '' ? at.prefix : `${at.prefix}${name}.`
      const known =
        path.find(each => each.model === imported) ??
        open.find(each => each.model === imported && each.prefix === prefix) ??
        (open.length < PLACES_MAX ? undefined : open.find(each => each.model === imported))
      const to = known ?? place(imported, prefix, path)
      at.imports.set(name, to)
      if (known === undefined) open.push(to)
    }
  }
  return open
}

interface OpenPlace extends Placed {
  readonly imports: Map<string, Placed>
  readonly around: readonly OpenPlace[]
}

/** What the whole calls an element some element of `from` refers to. */
export function keyOf(from: Placed, { name, import: through }: Reference): string {
  if (through === undefined) return from.prefix + name
  return (from.imports.get(through)?.prefix ?? `${from.prefix}${through}.`) + name
}

/** An element as another refers to it, with what the whole calls it. */
export interface RequiredElement extends Reference {
  readonly kind: ElementName['kind']
  readonly key: string
}

/** All a decision or knowledge model requires. */
export interface Required {
  readonly elements: readonly RequiredElement[]
  /** Keys, in the order of the file. */
  readonly inputs: readonly string[]
  readonly decisions: readonly string[]
  readonly knowledge: readonly string[]
}

export function requiredBy(from: Placed, { requires }: Decision | KnowledgeModel): Required {
  const own = (kind: ElementName['kind'], names: readonly string[]) =>
    names.map(name => ({ kind, name, key: from.prefix + name }))
  return requiring([
    ...('inputs' in requires ? own('input', requires.inputs) : []),
    ...('decisions' in requires ? own('decision', requires.decisions) : []),
    ...own('knowledge', requires.knowledge),
    ...requires.imported.map(each => ({ ...each, key: keyOf(from, each) })),
  ])
}

export function requiring(elements: readonly RequiredElement[]): Required {
  const of = (kind: ElementName['kind']) => elements.filter(each => each.kind === kind).map(each => each.key)
  return { elements, inputs: of('input'), decisions: of('decision'), knowledge: of('knowledge') }
}

/** Elements by the names the file knows them under: its own by their own, imported ones behind the import's. */
export function namesFor(
  { elements }: Required,
  typeOf: (element: RequiredElement) => ElementName['type'],
): ReadonlyMap<string, NamedValue> {
  const names = new Map<string, NamedValue>()
  const namespaces = new Map<string, Map<string, NamedValue>>()
  for (const element of elements) {
    const { kind, name, key, import: through } = element
    const value: ElementName = { kind, type: typeOf(element), key }
    if (through === undefined) names.set(name, value)
    else if (through !== '') namespaces.set(through, (namespaces.get(through) ?? new Map()).set(name, value))
    // Without a name an import hides nothing of the file's own.
    else if (!names.has(name)) names.set(name, value)
  }
  for (const [name, members] of namespaces) names.set(name, { kind: 'namespace', members })
  return names
}
