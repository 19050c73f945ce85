import type { MessageCode } from '../problem.ts'
import { nameOfKind } from './kind.ts'
import type { Value } from './value.ts'

/** Notes why an answer is null, and gives null. */
export type Fail = (code: MessageCode, sentence: { readonly zh: string; readonly en: string }) => null

export const DIVISION_BY_ZERO = {
  zh: '除数为零，结果按空值处理。',
  en: 'Division by zero; the result is null.',
}
export const OUT_OF_NUMBERS = {
  zh: '结果超出可表示的数值范围，按空值处理。',
  en: 'The result is out of the range of numbers; it is null.',
}
export const OUT_OF_DATES = {
  zh: '日期超出可计算的年份（常规日期为 0001 至 9999 年），按空值处理。',
  en: 'The date is outside the years that are computed with (1 to 9999 from a date of those years); it is null.',
}
export const ONE_ZONE_MISSING = {
  zh: '两个时刻只有一个写明了时区，不能相减，结果按空值处理。请都写明时区，或都不写。',
  en: 'Only one of the two times names a zone; they cannot be subtracted, the result is null. Give both a zone, or neither.',
}

/** An operator between values it does not join. */
export function notJoined(fail: Fail, operator: string, a: Value, b: Value): null {
  return fail('type', {
    zh: `“${operator}”不能用于${nameOfKind(a, 'zh')}与${nameOfKind(b, 'zh')}，结果按空值处理。`,
    en: `"${operator}" does not join a ${nameOfKind(a, 'en')} and a ${nameOfKind(b, 'en')}; the result is null.`,
  })
}
