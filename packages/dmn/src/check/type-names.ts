import { ANYTHING, type Declared } from '../node/declared.ts'
import type { Names } from '../read/feel.ts'
import type { ItemDefinition, Model } from '../read/model.ts'
import type { TypeSyntax } from '../read/syntax.ts'
import type { SimpleType, Type } from '../value/type.ts'
import type { Sentence } from './scope.ts'

const SIMPLE: ReadonlyMap<string, SimpleType> = new Map<string, SimpleType>(
  Object.entries({
    number: 'number',
    string: 'string',
    boolean: 'boolean',
    date: 'date',
    time: 'time',
    'date and time': 'date and time',
    dateTime: 'date and time',
    'days and time duration': 'days and time duration',
    'years and months duration': 'years and months duration',
    dayTimeDuration: 'days and time duration',
    yearMonthDuration: 'years and months duration',
  }),
)

const WIDE: ReadonlyMap<string, Type> = new Map<string, Type>(
  Object.entries({
    Any: 'Any',
    any: 'Any',
    Null: 'null',
    null: 'null',
    context: { kind: 'context', fields: [], open: true },
    Context: { kind: 'context', fields: [], open: true },
    list: { kind: 'list', of: 'Any' },
    range: { kind: 'range', of: 'Any' },
    function: { kind: 'function', parameters: [], result: 'Any' },
  }),
)

/** Text of tests with the place it stands, for whoever types it. */
export interface AllowedText {
  readonly text: string
  readonly line: number
  readonly element: string
  /** Type of the `?` the tests are about. */
  readonly of: Type
}

/** Types the tests of allowed values; a `TypeNames` is handed one, so that it need not know the typer. */
export type TestTyper = (allowed: AllowedText) => Declared['allowed'][number]

/** Imports within imports a type may be named through; files may import in a circle. */
const IMPORTS_DEPTH_MAX = 4

/** What a `typeRef` means in a model; a sentence saying what is wrong where it means nothing. */
export class TypeNames {
  readonly #model: Model
  readonly #definitions: ReadonlyMap<string, ItemDefinition>
  readonly #typeTests: TestTyper
  readonly #known = new Map<string, Declared | Sentence>()
  readonly #imported: (name: string) => TypeNames | undefined

  /** @param imported  the types an import of the model leads to */
  constructor(model: Model, typeTests: TestTyper, imported: (name: string) => TypeNames | undefined) {
    this.#model = model
    this.#imported = imported
    this.#definitions = new Map(model.types.map(definition => [definition.name, definition]))
    this.#typeTests = typeTests
  }

  /** Names of the model's own types and, behind the name of an import, of its types. */
  get names(): Names {
    return this.#namesTo(IMPORTS_DEPTH_MAX)
  }

  #namesTo(depth: number): Names {
    const names: Record<string, Names | 1> = {}
    for (const { name } of this.#model.imports) {
      const types = depth > 0 ? this.#imported(name) : undefined
      if (types !== undefined) names[name] = types.#namesTo(depth - 1)
    }
    for (const name of this.#definitions.keys()) names[name] = 1
    return names
  }

  resolve(typeRef: string, through: readonly string[] = []): Declared | Sentence {
    const builtIn = SIMPLE.get(typeRef) ?? WIDE.get(typeRef)
    if (builtIn !== undefined && !this.#definitions.has(typeRef)) return { type: builtIn, allowed: [] }
    if (through.includes(typeRef)) {
      return { zh: `数据类型“${typeRef}”引用了自身。`, en: `The type "${typeRef}" refers to itself.` }
    }
    const known = this.#known.get(typeRef)
    if (known !== undefined) return known
    const definition = this.#definitions.get(typeRef)
    const declared =
      definition === undefined
        ? this.#fromImport(typeRef, through)
        : this.#defined(definition, [...through, typeRef], definition.name)
    this.#known.set(typeRef, declared)
    return declared
  }

  /** The type a FEEL text names, in `instance of` and on parameters. */
  ofSyntax(syntax: TypeSyntax): Declared | Sentence {
    switch (syntax.kind) {
      case 'named':
        return this.resolve(syntax.name)
      case 'list':
      case 'range': {
        const of = this.ofSyntax(syntax.of)
        return 'type' in of ? { type: { kind: syntax.kind, of: of.type }, allowed: [] } : of
      }
      case 'context': {
        const fields: { name: string; type: Type }[] = []
        for (const { name, type } of syntax.fields) {
          const field = this.ofSyntax(type)
          if (!('type' in field)) return field
          fields.push({ name, type: field.type })
        }
        return { type: { kind: 'context', fields, open: true }, allowed: [] }
      }
      case 'function': {
        const parameters: { name: string; type: Type }[] = []
        for (const [i, each] of syntax.parameters.entries()) {
          const parameter = this.ofSyntax(each)
          if (!('type' in parameter)) return parameter
          parameters.push({ name: `p${i + 1}`, type: parameter.type })
        }
        const result = this.ofSyntax(syntax.result)
        if (!('type' in result)) return result
        return { type: { kind: 'function', parameters, result: result.type }, allowed: [] }
      }
      default:
        return syntax satisfies never
    }
  }

  #fromImport(typeRef: string, through: readonly string[]): Declared | Sentence {
    const way = [...through, '→']
    const near = way.filter(each => each === '→').length <= IMPORTS_DEPTH_MAX
    for (const { name } of near ? this.#model.imports : []) {
      const prefix = name === '' ? '' : `${name}.`
      const types = this.#imported(name)
      if (types === undefined || !typeRef.startsWith(prefix)) continue
      const resolved = types.resolve(typeRef.slice(prefix.length), way)
      if ('type' in resolved || prefix !== '') return resolved
    }
    return {
      zh: `不认识的数据类型“${typeRef}”。可用 number、string、boolean、date、time、date and time、days and time duration、years and months duration、Any，或本文件及其导入文件中定义的类型。`,
      en: `There is no type "${typeRef}". Use number, string, boolean, date, time, date and time, days and time duration, years and months duration, Any, or a type defined in this file or one it imports.`,
    }
  }

  #defined(definition: ItemDefinition, through: readonly string[], element: string): Declared | Sentence {
    const base = this.#base(definition, through, element)
    if (!('type' in base)) return base
    const { allowedValues, typeConstraint, line } = definition
    const tests = (text: string | undefined, of: Type) =>
      text === undefined ? [] : [this.#typeTests({ text, line, element, of })]
    // A type's own allowed values stand instead of those of its base (FEEL's own tests, 0104).
    const own = tests(allowedValues, base.type)
    const one: Declared = own.length === 0 ? base : { ...base, allowed: own }
    const whole: Declared = definition.isCollection
      ? { type: { kind: 'list', of: one.type }, allowed: [], items: one }
      : one
    const constraint = tests(typeConstraint, whole.type)
    return constraint.length === 0 ? whole : { ...whole, allowed: constraint }
  }

  /** The definition without its own constraints and before it is made a collection. */
  #base(definition: ItemDefinition, through: readonly string[], element: string): Declared | Sentence {
    const { components, functionItem, typeRef } = definition
    if (components.length > 0) {
      const parts: { name: string; declared: Declared }[] = []
      for (const component of components) {
        const declared = this.#defined(component, through, element)
        if (!('type' in declared)) return declared
        parts.push({ name: component.name, declared })
      }
      const fields = parts.map(({ name, declared }) => ({ name, type: declared.type }))
      return { type: { kind: 'context', fields, open: true }, allowed: [], components: parts }
    }
    if (functionItem !== undefined) {
      const parameters: { name: string; declared: Declared }[] = []
      for (const { name, typeRef: of } of functionItem.parameters) {
        const declared = of === undefined ? ANYTHING : this.resolve(of, through)
        if (!('type' in declared)) return declared
        parameters.push({ name, declared })
      }
      const { outputTypeRef } = functionItem
      const result = outputTypeRef === undefined ? ANYTHING : this.resolve(outputTypeRef, through)
      if (!('type' in result)) return result
      const types = parameters.map(({ name, declared }) => ({ name, type: declared.type }))
      const type: Type = { kind: 'function', parameters: types, result: result.type }
      return { type, allowed: [], function: { parameters, result } }
    }
    return typeRef === undefined ? ANYTHING : this.resolve(typeRef, through)
  }
}
