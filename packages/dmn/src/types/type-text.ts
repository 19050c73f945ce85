import type { Declared } from '../node/declared.ts'
import type { ContextType, Type } from '../value/type.ts'
import { allowedTexts } from './enumeration.ts'
import { propertyName } from './literal-text.ts'

/** What a caller may hand in for a value of the type, null for "not known". */
export function inputText(type: Type, declared?: Declared): string {
  if (typeof type === 'object') {
    switch (type.kind) {
      case 'list':
        return `readonly (${inputText(type.of, declared?.items)})[] | null`
      case 'range':
        return `RangeInput<${inputText(type.of)}> | null`
      case 'context':
        return `${contextText(type, (field, own) => inputText(field, own), declared, 'PlainInput')} | null`
      case 'function':
        return 'PlainInput'
      default:
        return type satisfies never
    }
  }
  switch (type) {
    case 'number':
      return 'NumberInput'
    case 'boolean':
      return 'boolean | null'
    case 'null':
      return 'null'
    case 'Any':
      return 'PlainInput'
    default:
      return `${textOf(type, declared)} | null`
  }
}

/**
 * What comes out for a value of the type, null where it could not be worked out.
 *
 * @param known  of a table's outputs, by name: what its output values restrict it to
 */
export function outputText(
  type: Type,
  declared?: Declared,
  known: ReadonlyMap<string, string> = new Map(),
): string {
  if (typeof type === 'object') {
    switch (type.kind) {
      case 'list':
        return `readonly (${outputText(type.of, declared?.items)})[] | null`
      case 'range': {
        const end = outputText(type.of)
        return `{ readonly start: ${end}; readonly end: ${end}; readonly 'start included': boolean; readonly 'end included': boolean } | null`
      }
      case 'context': {
        const field = (of: Type, own: Declared | undefined, name: string) =>
          known.has(name) ? `${known.get(name)} | null` : outputText(of, own)
        return `${contextText(type, field, declared, 'Plain')} | null`
      }
      case 'function':
        return 'null'
      default:
        return type satisfies never
    }
  }
  switch (type) {
    case 'boolean':
      return 'boolean | null'
    case 'null':
      return 'null'
    case 'Any':
      return 'Plain'
    default:
      return `${textOf(type, declared)} | null`
  }
}

/** Numbers, dates, times and durations travel as text; only of a text may the model list every value. */
function textOf(type: Type, declared: Declared | undefined): string {
  return (
    (type === 'string' && declared !== undefined ? allowedTexts(declared.allowed) : undefined) ?? 'string'
  )
}

function contextText(
  { fields, open }: ContextType,
  textOfField: (type: Type, declared: Declared | undefined, name: string) => string,
  declared: Declared | undefined,
  anything: string,
): string {
  const components = new Map((declared?.components ?? []).map(each => [each.name, each.declared]))
  const lines = fields.map(
    ({ name, type }) => `readonly ${propertyName(name)}: ${textOfField(type, components.get(name), name)}`,
  )
  const rest = open === true || fields.length === 0 ? [`readonly [name: string]: ${anything}`] : []
  return `{ ${[...lines, ...rest].join('; ')} }`
}
