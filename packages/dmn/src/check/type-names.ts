import type { ScalarType } from '../node/type.ts'
import type { ItemDefinition } from '../read/model.ts'
import type { Sentence } from './scope.ts'

const BUILT_IN: ReadonlyMap<string, ScalarType> = new Map<string, ScalarType>(
  Object.entries({
    number: 'number',
    string: 'string',
    boolean: 'boolean',
    date: 'date',
    'days and time duration': 'days and time duration',
    'years and months duration': 'years and months duration',
    dayTimeDuration: 'days and time duration',
    yearMonthDuration: 'years and months duration',
  }),
)

export interface NamedType {
  readonly type: ScalarType
  /** Unary tests a value must pass, those of the base type first. */
  readonly allowedValues: readonly {
    readonly text: string
    readonly line: number
    readonly element: string
  }[]
}

/** What a `typeRef` means in a model; a sentence saying what is wrong where it means nothing that runs. */
export class TypeNames {
  readonly #definitions: ReadonlyMap<string, ItemDefinition>

  constructor(definitions: readonly ItemDefinition[]) {
    this.#definitions = new Map(definitions.map(definition => [definition.name, definition]))
  }

  resolve(typeRef: string, through: readonly string[] = []): NamedType | Sentence {
    const builtIn = BUILT_IN.get(typeRef)
    if (builtIn !== undefined) return { type: builtIn, allowedValues: [] }
    const definition = this.#definitions.get(typeRef)
    if (definition === undefined) {
      return {
        zh: `不认识的数据类型“${typeRef}”。可用 number、string、boolean、date、days and time duration、years and months duration，或本文件中定义的类型。`,
        en: `There is no type "${typeRef}". Use number, string, boolean, date, days and time duration, years and months duration, or a type defined in this file.`,
      }
    }
    if (through.includes(typeRef)) {
      return { zh: `数据类型“${typeRef}”引用了自身。`, en: `The type "${typeRef}" refers to itself.` }
    }
    if (definition.isCollection || definition.components.length > 0 || definition.typeRef === undefined) {
      return {
        zh: `数据类型“${typeRef}”不是单值类型，目前只支持单值。请改为逐项输入。`,
        en: `The type "${typeRef}" is not a single value; only single values run so far. Give its parts as inputs of their own.`,
      }
    }
    const base = this.resolve(definition.typeRef, [...through, typeRef])
    if (!('type' in base)) return base
    const { allowedValues: text, line, name: element } = definition
    return {
      type: base.type,
      allowedValues: text ? [...base.allowedValues, { text, line, element }] : base.allowedValues,
    }
  }
}
