/** FEEL's own names, so that a `typeRef` needs no translation. These have a form in every back end. */
const SCALAR_TYPES = [
  'number',
  'string',
  'boolean',
  'date',
  'days and time duration',
  'years and months duration',
] as const

export type ScalarType = (typeof SCALAR_TYPES)[number]

/** Simple types only the evaluator knows. */
export type ClockType = 'time' | 'date and time'

export type SimpleType = ScalarType | ClockType

/** A context, or the value of a table with several outputs. */
export interface ContextType {
  readonly kind: 'context'
  readonly fields: readonly { readonly name: string; readonly type: Type }[]
  /** Set where a value may have more entries than are named here. */
  readonly open?: true
}

/** A list, or the value of a table that collects (R, O, C). */
export interface ListType {
  readonly kind: 'list'
  readonly of: Type
}

export interface RangeType {
  readonly kind: 'range'
  readonly of: Type
}

export interface FunctionType {
  readonly kind: 'function'
  readonly parameters: readonly { readonly name: string; readonly type: Type }[]
  readonly result: Type
}

/** `null` is the type of the literal null alone: it fits wherever a value is expected. `Any` is not known before. */
export type Type = SimpleType | 'null' | 'Any' | ContextType | ListType | RangeType | FunctionType

export function isScalar(type: Type): type is ScalarType {
  return SCALAR_TYPES.includes(type as ScalarType)
}

export function isSimple(type: Type): type is SimpleType {
  return typeof type === 'string' && type !== 'null' && type !== 'Any'
}

export function sameType(a: Type, b: Type): boolean {
  return conformsTo(a, b) && conformsTo(b, a)
}

/** Whether each value of `type` is one of `to` as it stands (DMN 1.5, 10.3.2.9.2). */
export function conformsTo(type: Type, to: Type): boolean {
  if (to === 'Any' || type === 'null' || type === to) return true
  if (typeof type === 'string' || typeof to === 'string') return false
  if (type.kind === 'list' && to.kind === 'list') return conformsTo(type.of, to.of)
  if (type.kind === 'range' && to.kind === 'range') return conformsTo(type.of, to.of)
  if (type.kind === 'context' && to.kind === 'context') {
    return to.fields.every(field => {
      const own = type.fields.find(each => each.name === field.name)
      return own !== undefined && conformsTo(own.type, field.type)
    })
  }
  if (type.kind === 'function' && to.kind === 'function') {
    return (
      type.parameters.length === to.parameters.length &&
      (type.result === 'Any' || conformsTo(type.result, to.result)) &&
      // A function may ask for less than it is given, never for more. What is not declared shows in the call.
      type.parameters.every((own, i) => {
        const given = to.parameters[i]?.type ?? 'null'
        return given === 'Any' || conformsTo(given, own.type)
      })
    )
  }
  return false
}

/** The type that holds both, or undefined when there is none but `Any`. */
export function commonType(a: Type, b: Type): Type | undefined {
  if (a === 'null') return b
  if (b === 'null') return a
  if (a === 'Any' || b === 'Any') return 'Any'
  if (typeof a === 'string' || typeof b === 'string') return a === b ? a : undefined
  if (a.kind === 'list' && b.kind === 'list') {
    const of = commonType(a.of, b.of)
    return of === undefined ? undefined : { kind: 'list', of }
  }
  if (a.kind === 'range' && b.kind === 'range') {
    const of = commonType(a.of, b.of)
    return of === undefined ? undefined : { kind: 'range', of }
  }
  if (a.kind === 'function' && b.kind === 'function') return sameType(a, b) ? a : undefined
  if (a.kind !== 'context' || b.kind !== 'context' || a.fields.length !== b.fields.length) return undefined
  const fields: { name: string; type: Type }[] = []
  for (const [i, field] of a.fields.entries()) {
    const other = b.fields[i]
    const type = other?.name === field.name ? commonType(field.type, other.type) : undefined
    if (type === undefined) return undefined
    fields.push({ name: field.name, type })
  }
  return a.open || b.open ? { kind: 'context', fields, open: true } : { kind: 'context', fields }
}

const CHINESE: Record<SimpleType | 'null' | 'Any', string> = {
  number: '数值',
  string: '文本',
  boolean: '是否',
  date: '日期',
  time: '时刻',
  'date and time': '日期时刻',
  'days and time duration': '天数时长',
  'years and months duration': '年月时长',
  null: '空值',
  Any: '任意值',
}

const FIELDS_NAMED_MAX = 6

/**
 * A type as a reader of messages would say it.
 *
 * @example
 * nameOfType(prepare(model, '贴息金额').type, 'zh') // 数值
 */
export function nameOfType(type: Type, language: 'zh' | 'en'): string {
  const zh = language === 'zh'
  if (typeof type === 'string') return zh ? CHINESE[type] : type
  switch (type.kind) {
    case 'list': {
      const of = nameOfType(type.of, language)
      return zh ? `${of}列表` : `list of ${of}`
    }
    case 'range': {
      const of = nameOfType(type.of, language)
      return zh ? `${of}区间` : `range of ${of}`
    }
    case 'function': {
      const parameters = type.parameters.map(each => each.name)
      return zh ? `函数（${parameters.join('、')}）` : `function (${parameters.join(', ')})`
    }
    case 'context': {
      const fields = type.fields.slice(0, FIELDS_NAMED_MAX).map(field => field.name)
      if (fields.length < type.fields.length || type.open) fields.push('…')
      return zh ? `上下文（${fields.join('、')}）` : `context (${fields.join(', ')})`
    }
    default:
      return type satisfies never
  }
}

export function isDuration(type: Type): type is 'days and time duration' | 'years and months duration' {
  return type === 'days and time duration' || type === 'years and months duration'
}
