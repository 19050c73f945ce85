import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { acceptDiscrepancy, type Discrepancy } from '../api/discrepancies.ts'
import { queries } from '../app/queries.ts'
import { Amount } from '../ui/amount.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { TextArea } from './text-area.tsx'
import './form.css'

interface AcceptDiscrepanciesFormProps {
  readonly rows: readonly Discrepancy[]
  readonly onDone: () => void
}

/** Shows what will be accepted, asks why, and accepts one after another: what was accepted stays so if one fails. */
export function AcceptDiscrepanciesForm({ rows, onDone }: AcceptDiscrepanciesFormProps) {
  const { t } = useTranslation('discrepancies')
  const [reason, setReason, clear] = useDraft('accept-discrepancies')
  const open = rows.filter(row => row.closed_on === null)
  const accept = useMutation({
    mutationFn: async () => {
      for (const row of open) await acceptDiscrepancy(row.id, reason.trim())
    },
    onSuccess: () => {
      clear()
      onDone()
    },
    onSettled: () => queries.invalidateQueries(),
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
