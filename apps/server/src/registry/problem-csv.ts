import type { Language } from '../platform/errors.ts'
import { type Problem, problemSentence, severityOf } from './problem.ts'

const HEADING: Record<Language, readonly string[]> = {
  zh: ['行', '列', '内容', '级别', '代码', '问题和处理办法'],
  en: ['line', 'column', 'value', 'severity', 'code', 'what is wrong and what to do'],
}
const SEVERITY: Record<Language, Record<'error' | 'warning', string>> = {
  zh: { error: '错误', warning: '提示' },
  en: { error: 'error', warning: 'warning' },
}

/** The problems of a file as CSV that sheets open as it is: UTF-8 with a mark, errors and warnings by line. */
export function problemCsv(problems: readonly Problem[], language: Language): string {
  const lines = problems.map(problem => {
    const severity = SEVERITY[language][severityOf(problem.code)]
    return [
      String(problem.line),
      problem.column,
      problem.value,
      severity,
      problem.code,
      problemSentence(problem, language),
    ]
  })
  return `\ufeff${[HEADING[language], ...lines].map(cells => cells.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A value that a sheet would run as a formula is kept from it by an apostrophe. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
