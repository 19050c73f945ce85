import { useTranslation } from 'react-i18next'
import { ProblemError } from '../api/problem.ts'
import './problem-notice.css'

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
      <p className="problem-sentence">
        {problem ? problem.detail || t('problem.no-words') : t('problem.offline')}
      </p>
      {problem?.where ? <p className="small">{t('problem.where', { where: problem.where })}</p> : null}
      {problem && problem.status >= 500 && problem.request_id ? (
        <p className="small mono">{t('problem.request', { id: problem.request_id })}</p>
      ) : null}
      {retry ? (
        <button type="button" className="button" onClick={retry}>
          {t('problem.retry')}
        </button>
      ) : null}
    </div>
  )
}
