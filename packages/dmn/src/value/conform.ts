import { FeelContext } from './context.ts'
import { FeelDate } from './date.ts'
import { dateTimeOfDate } from './date-time.ts'
import { FeelFunction } from './function.ts'
import { kindOf } from './kind.ts'
import { FeelRange } from './range.ts'
import { conformsTo, type FunctionType, type Type } from './type.ts'
import { isList, type Value } from './value.ts'

/** Whether a value is one of the type as it stands; null is one of each (DMN 1.5, 10.3.2.9.2). */
export function conforms(value: Value, type: Type): boolean {
  if (value === null || type === 'Any') return true
  if (typeof type === 'string') return kindOf(value) === type
  switch (type.kind) {
    case 'list':
      return isList(value) && (type.of === 'Any' || value.every(item => conforms(item, type.of)))
    case 'range':
      return value instanceof FeelRange && conforms(value.low, type.of) && conforms(value.high, type.of)
    case 'context':
      return (
        value instanceof FeelContext &&
        type.fields.every(({ name, type: of }) => {
          const field = value.fields.get(name)
          return field !== undefined && conforms(field, of)
        })
      )
    case 'function':
      return value instanceof FeelFunction && conformsTo(typeOfFunction(value), type)
    default:
      return type satisfies never
  }
}

/**
 * The value as one of the type: as it stands, taken out of or put into a list of one, or a date as its midnight in
 * UTC (DMN 1.5, 10.3.2.9.4). Undefined where it is none of these.
 */
export function coerced(value: Value, type: Type): Value | undefined {
  if (conforms(value, type)) return value
  if (type === 'date and time' && value instanceof FeelDate) return dateTimeOfDate(value)
  const wantsList = typeof type !== 'string' && type.kind === 'list'
  if (isList(value)) {
    // Out of one list only: a list of a list of one is no single value.
    const [item = null] = value
    return !wantsList && value.length === 1 && conforms(item, type) ? item : undefined
  }
  if (!wantsList) return undefined
  const item = coerced(value, type.of)
  return item === undefined ? undefined : [item]
}

function typeOfFunction({ parameters, result }: FeelFunction): FunctionType {
  return { kind: 'function', parameters, result }
}
