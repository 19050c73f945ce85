import type { Location, Message, MessageCode } from '../problem.ts'
import type { Run } from './run.ts'

const SENTENCES = {
  'division-by-zero': { zh: '除数为零，结果按空值处理。', en: 'Division by zero; the result is null.' },
  'number-range': {
    zh: '结果超出可表示的数值范围，按空值处理。',
    en: 'The result is out of the range of numbers; it is null.',
  },
  'date-range': {
    zh: '日期超出 0001 至 9999 年，按空值处理。',
    en: 'The date is outside the years 1 to 9999; it is null.',
  },
  argument: {
    zh: '函数的参数不在其定义范围内，结果按空值处理。',
    en: 'An argument is outside what the function is defined for; the result is null.',
  },
  'many-rules': {
    zh: '命中策略为“唯一”，却有多条规则同时命中，结果按空值处理。请让各规则互不重叠。',
    en: 'More than one rule matches under the hit policy Unique; the result is null. Make the rules exclude each other.',
  },
  'different-outputs': {
    zh: '命中策略为“任一”，命中的规则结果却不相同，结果按空值处理。请统一这些规则的结果。',
    en: 'Matching rules differ in their outputs under the hit policy Any; the result is null. Make their outputs agree.',
  },
} as const

/** Says what went wrong and gives null; the message is made once, when the expression is compiled. */
export type Failure = (run: Run) => null

export function failure(code: keyof typeof SENTENCES, where: Location): Failure {
  const message: Message = { code, where, ...SENTENCES[code] }
  return run => {
    run.messages?.push(message)
    return null
  }
}

export function failureOf(code: MessageCode, where: Location, zh: string, en: string): Failure {
  const message: Message = { code, where, zh, en }
  return run => {
    run.messages?.push(message)
    return null
  }
}
