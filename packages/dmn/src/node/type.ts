/** FEEL's own names, so that a `typeRef` needs no translation. */
const SCALAR_TYPES = [
  'number',
  'string',
  'boolean',
  'date',
  'days and time duration',
  'years and months duration',
] as const

export type ScalarType = (typeof SCALAR_TYPES)[number]

/** The value of a table with several outputs. */
export interface ContextType {
  readonly kind: 'context'
  readonly fields: readonly { readonly name: string; readonly type: Type }[]
}

/** The value of a table that collects (R, O, C). */
export interface ListType {
  readonly kind: 'list'
  readonly of: Type
}

/** `null` is the type of the literal null alone: it fits wherever a value is expected. */
export type Type = ScalarType | 'null' | ContextType | ListType

export function isScalar(type: Type): type is ScalarType {
  return typeof type === 'string' && type !== 'null'
}

/** The type that holds both, or undefined when there is none. */
export function commonType(a: Type, b: Type): Type | undefined {
  if (a === 'null') return b
  if (b === 'null') return a
  if (typeof a === 'string' || typeof b === 'string') return a === b ? a : undefined
  if (a.kind === 'list' && b.kind === 'list') {
    const of = commonType(a.of, b.of)
    return of === undefined ? undefined : { kind: 'list', of }
  }
  if (a.kind !== 'context' || b.kind !== 'context' || a.fields.length !== b.fields.length) return undefined
  const fields: { name: string; type: Type }[] = []
  for (const [i, field] of a.fields.entries()) {
    const other = b.fields[i]
    const type = other?.name === field.name ? commonType(field.type, other.type) : undefined
    if (type === undefined) return undefined
    fields.push({ name: field.name, type })
  }
  return { kind: 'context', fields }
}

const CHINESE: Record<ScalarType | 'null', string> = {
  number: '数值',
  string: '文本',
  boolean: '是否',
  date: '日期',
  'days and time duration': '天数时长',
  'years and months duration': '年月时长',
  null: '空值',
}

/** A type as a reader of messages would say it. */
export function nameOfType(type: Type, language: 'zh' | 'en'): string {
  if (typeof type === 'string') return language === 'zh' ? CHINESE[type] : type
  if (type.kind === 'list') {
    const of = nameOfType(type.of, language)
    return language === 'zh' ? `${of}列表` : `list of ${of}`
  }
  const fields = type.fields.map(field => field.name)
  return language === 'zh' ? `多项结果（${fields.join('、')}）` : `outputs (${fields.join(', ')})`
}
