import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Filing, withdrawFiling } from '../api/filings.ts'
import { ProblemError } from '../api/problem.ts'
import { queries } from '../app/queries.ts'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { asSent, type HoldsFrom, HoldsFromFields } from './holds-from.tsx'
import { useRequestKey } from './request-key.ts'
import './form.css'

/** Takes a project off the file: says first what follows for the money. */
export function WithdrawFilingForm({
  filing,
  onDone,
}: {
  readonly filing: Filing
  readonly onDone: () => void
}) {
  const { t } = useTranslation('filings')
  const [reason, setReason, clear] = useDraft(`filing-withdraw-${filing.id}`)
  const [holds, setHolds] = useState<HoldsFrom>()
  const { key, renew, failed } = useRequestKey(`filing-withdraw-${filing.id}`)
  const withdraw = useMutation({
    mutationFn: (chosen: HoldsFrom) =>
      withdrawFiling(filing, { holds_from: asSent(chosen), reason: reason.trim() }, key),
    onError: failed,
    onSuccess: async () => {
      renew()
      clear()
      await queries.invalidateQueries()
      onDone()
    },
  })
  const problem = withdraw.error instanceof ProblemError ? withdraw.error.problem : undefined
  const dayProblem = problem?.where === 'holds_from' ? problem.detail : undefined
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        if (holds) withdraw.mutate(holds)
      }}
    >
      <p>{t('form.withdraw-lead')}</p>
      <HoldsFromFields of="withdrawal" chosen={holds} choose={setHolds} problem={dayProblem} />
      <Field
        label={t('form.reason')}
        hint={t('form.reason-hint')}
        value={reason}
        required
        minLength={2}
        maxLength={1000}
        onChange={event => setReason(event.target.value)}
      />
      {withdraw.isError && dayProblem === undefined ? <ProblemNotice error={withdraw.error} /> : null}
      <Button type="primary" danger htmlType="submit" loading={withdraw.isPending}>
        {t('form.withdraw')}
      </Button>
    </form>
  )
}
