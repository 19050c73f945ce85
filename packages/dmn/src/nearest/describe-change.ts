import type { Plain } from '../value/plain.ts'
import type { InputChange } from './types.ts'

interface Sentence {
  readonly zh: string
  readonly en: string
}

/** One change as an officer would say it to the enterprise. */
export function describeChange(inputs: readonly InputChange[]): Sentence {
  const sentences = inputs.map(describeOne)
  const [only] = sentences
  if (sentences.length === 1 && only) return { zh: `${only.zh}。`, en: `${only.en}.` }
  return {
    zh: `须同时改变：${sentences.map(({ zh }) => zh).join('；')}。`,
    en: `Together: ${sentences.map(({ en }) => en).join('; ')}.`,
  }
}

function describeOne({ input, label, from, to, by, unit, values, example }: InputChange): Sentence {
  const name = label ?? input
  if (from === null) {
    const wanted = values ?? (example ? undefined : [written(to, 'en')])
    if (wanted === undefined || wanted.includes('-')) {
      return { zh: `“${name}”尚缺，补上即可`, en: `"${name}" is missing and has to be given` }
    }
    return {
      zh: `“${name}”尚缺，须为 ${wanted.map(each => condition(each, 'zh')).join(' 或 ')}`,
      en: `"${name}" is missing and has to be ${wanted.map(each => condition(each, 'en')).join(' or ')}`,
    }
  }
  const [is, needs] = [written(from, 'zh'), written(to, 'zh')]
  const [isEn, needsEn] = [written(from, 'en'), written(to, 'en')]
  if (example) {
    return { zh: `“${name}”为 ${is}，须不是如此`, en: `"${name}" is ${isEn} and has to be something else` }
  }
  if (by === null || unit === null) {
    return { zh: `“${name}”为 ${is}，须为 ${needs}`, en: `"${name}" is ${isEn} and has to be ${needsEn}` }
  }
  const less = by.startsWith('-')
  const distance = separated(less ? by.slice(1) : by)
  switch (unit) {
    case 'day':
      return {
        zh: `“${name}”为 ${is}，须为 ${needs}：${less ? '晚' : '早'}了 ${distance} 天`,
        en: `"${name}" is ${isEn} and has to be ${needsEn}: ${distance} ${distance === '1' ? 'day' : 'days'} too ${less ? 'late' : 'early'}`,
      }
    case 'number':
      return less
        ? {
            zh: `“${name}”为 ${is}，须降至 ${needs}：多出 ${distance}`,
            en: `"${name}" is ${isEn} and has to come down to ${needsEn}: ${distance} too much`,
          }
        : {
            zh: `“${name}”为 ${is}，须达到 ${needs}：还差 ${distance}`,
            en: `"${name}" is ${isEn} and has to reach ${needsEn}: ${distance} short`,
          }
    case 'second':
    case 'month':
      return { zh: `“${name}”为 ${is}，须为 ${needs}`, en: `"${name}" is ${isEn} and has to be ${needsEn}` }
    default:
      return unit satisfies never
  }
}

function written(value: Plain, language: 'zh' | 'en'): string {
  if (typeof value === 'boolean') {
    const zh = value ? '是' : '否'
    return language === 'zh' ? zh : String(value)
  }
  return typeof value === 'string' ? separated(value) : JSON.stringify(value)
}

function condition(test: string, language: 'zh' | 'en'): string {
  if (test === 'true' || test === 'false') return written(test === 'true', language)
  return test.replace('>=', '≥').replace('<=', '≤').replaceAll(DATE_OR_NUMBER, separated)
}

const DATE_OR_NUMBER = /\d+-\d\d-\d\d|P[\dA-Z.]+|"[^"]*"|\d+(?:\.\d+)?/g

function separated(text: string): string {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return text
  const [whole = '', places] = text.split('.')
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
  return places === undefined ? grouped : `${grouped}.${places}`
}
