import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { acceptDiscrepancies, type Discrepancy } from '../api/discrepancies.ts'
import { queries } from '../app/queries.ts'
import { Amount } from '../ui/amount.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { useRequestKey } from './request-key.ts'
import { TextArea } from './text-area.tsx'
import './form.css'

interface AcceptDiscrepanciesFormProps {
  readonly rows: readonly Discrepancy[]
  readonly onDone: () => void
}

/** Shows what will be accepted, asks why once, and accepts all of them together or none. */
export function AcceptDiscrepanciesForm({ rows, onDone }: AcceptDiscrepanciesFormProps) {
  const { t } = useTranslation('discrepancies')
  const [reason, setReason, clear] = useDraft('accept-discrepancies')
  const open = rows.filter(row => row.closed_on === null)
  const { key, renew, failed } = useRequestKey('accept-discrepancies')
  const accept = useMutation({
    mutationFn: () => acceptDiscrepancies(open, reason.trim(), key),
    onError: failed,
    onSuccess: async () => {
      clear()
      renew()
      await queries.invalidateQueries()
      onDone()
    },
  })
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        accept.mutate()
      }}
    >
      <p>{t('preview', { count: open.length })}</p>
      <ul className="form-preview">
        {open.map(row => (
          <li key={row.id}>
            {row.enterprise_name} <span className="mono small">{row.loan_receipt}</span>{' '}
            <Amount yuan={row.difference} exact />
          </li>
        ))}
      </ul>
      <TextArea label={t('reason')} value={reason} required onChange={setReason} />
      {accept.isError ? <ProblemNotice error={accept.error} /> : null}
      <Button
        type="primary"
        htmlType="submit"
        loading={accept.isPending}
        disabled={reason.trim() === '' || open.length === 0}
      >
        {t('accept')}
      </Button>
    </form>
  )
}
