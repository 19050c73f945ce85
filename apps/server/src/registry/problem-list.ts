import type { Language } from '../platform/errors.ts'
import { type Problem, problemSentence, severityOf } from './problem.ts'

/**
 * Problems as lines of text for a terminal, errors first.
 *
 * @param shown_max lines at most; a last line says how many more there are
 */
export function problemSentences(
  problems: readonly Problem[],
  language: Language,
  shown_max: number,
): string[] {
  const errors = problems.filter(problem => severityOf(problem.code) === 'error')
  const lines = errors.slice(0, shown_max).map(problem => {
    const column =
      problem.column === '' ? '' : language === 'zh' ? `“${problem.column}”列` : ` ${problem.column}`
    const where = language === 'zh' ? `第 ${problem.line} 行${column}` : `line ${problem.line}${column}`
    const value = problem.value === '' ? '' : ` “${problem.value.slice(0, 60)}”`
    return `${where}${value}: ${problemSentence(problem, language)}`
  })
  const more = errors.length - lines.length
  if (more > 0) lines.push(language === 'zh' ? `……还有 ${more} 条错误` : `… and ${more} more errors`)
  return lines
}
