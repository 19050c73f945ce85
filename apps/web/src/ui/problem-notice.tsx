import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, ProblemError } from '../api/problem.ts'
import './problem-notice.css'

const TOO_MANY = 429
const CHANGED_SINCE = 412

interface ProblemNoticeProps {
  readonly error: unknown
  readonly retry?: (() => void) | undefined
}

/** What went wrong and what to do about it: the server's own sentence, or that the connection is lost. */
export function ProblemNotice({ error, retry }: ProblemNoticeProps) {
  const { t } = useTranslation()
  const problem = error instanceof ProblemError ? error.problem : undefined
  return (
    <div className="problem" role="alert">
      <p className="problem-sentence">{sentenceOf(problem, t)}</p>
      {problem?.where ? <p className="small">{t('problem.where', { where: problem.where })}</p> : null}
      {problem && problem.status >= 500 && problem.request_id ? (
        <p className="small mono">{t('problem.request', { id: problem.request_id })}</p>
      ) : null}
      {problem?.status === CHANGED_SINCE ? <Reload key={problem.request_id} /> : null}
      {retry ? (
        <button type="button" className="button" onClick={retry}>
          {t('problem.retry')}
        </button>
      ) : null}
    </div>
  )
}

/** Shows what stands now; what was typed stays where it is. */
function Reload() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [state, setState] = useState<'old' | 'loading' | 'new'>('old')
  const reload = async () => {
    setState('loading')
    await client.invalidateQueries()
    setState('new')
  }
  if (state === 'new') return <p role="status">{t('problem.reloaded')}</p>
  return (
    <button type="button" className="button" disabled={state === 'loading'} onClick={() => void reload()}>
      {t('problem.reload')}
    </button>
  )
}

function sentenceOf(problem: Problem | undefined, t: TFunction): string {
  if (!problem) return t('problem.offline')
  if (problem.status === TOO_MANY) return t('problem.too-many')
  return problem.detail || t('problem.no-words')
}
