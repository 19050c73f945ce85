import { FeelContext } from './context.ts'
import { FeelDate } from './date.ts'
import { FeelDateTime } from './date-time.ts'
import { DaysDuration, MonthsDuration } from './duration.ts'
import { FeelFunction } from './function.ts'
import { Decimal } from './number.ts'
import { FeelRange } from './range.ts'
import { FeelTime } from './time.ts'
import type { Value } from './value.ts'

export type Kind =
  | 'null'
  | 'number'
  | 'string'
  | 'boolean'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'list'
  | 'context'
  | 'range'
  | 'function'

export function kindOf(value: Value): Kind {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (value instanceof Decimal) return 'number'
  if (value instanceof FeelDate) return 'date'
  if (value instanceof FeelTime) return 'time'
  if (value instanceof FeelDateTime) return 'date and time'
  if (value instanceof DaysDuration) return 'days and time duration'
  if (value instanceof MonthsDuration) return 'years and months duration'
  if (value instanceof FeelContext) return 'context'
  if (value instanceof FeelRange) return 'range'
  return value instanceof FeelFunction ? 'function' : 'list'
}

const CHINESE: Record<Kind, string> = {
  null: '空值',
  number: '数值',
  string: '文本',
  boolean: '是否',
  date: '日期',
  time: '时刻',
  'date and time': '日期时刻',
  'days and time duration': '天数时长',
  'years and months duration': '年月时长',
  list: '列表',
  context: '上下文',
  range: '区间',
  function: '函数',
}

/** What a message calls the kind of a value. */
export function nameOfKind(value: Value, language: 'zh' | 'en'): string {
  const kind = kindOf(value)
  return language === 'zh' ? CHINESE[kind] : kind
}
