import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { appropriate } from '../api/ledger.ts'
import { ProblemError } from '../api/problem.ts'
import { queries } from '../app/queries.ts'
import { useBusinessDate } from '../components/use-business-date.ts'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { useRequestKey } from './request-key.ts'
import './form.css'

/** Adds to the budget of a year; the document that decided it is named. */
export function AppropriateForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('ledger')
  const today = useBusinessDate()
  const [year, setYear] = useState(today?.slice(0, 4) ?? '')
  const [amount, setAmount, clearAmount] = useDraft('appropriate-amount')
  const [memo, setMemo, clearMemo] = useDraft('appropriate-memo')
  const { key, renew, failed } = useRequestKey('appropriate')
  const send = useMutation({
    mutationFn: () => appropriate(Number(year), amount.replaceAll(',', '').trim(), memo.trim(), key),
    onError: failed,
    onSuccess: async () => {
      renew()
      clearAmount()
      clearMemo()
      await queries.invalidateQueries()
      onDone()
    },
  })
  const problem = send.error instanceof ProblemError ? send.error.problem : undefined
  const amountProblem = problem?.code.startsWith('money.') ? problem.detail : undefined
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <Field
        label={t('year')}
        value={year}
        inputMode="numeric"
        pattern="20[0-9]{2}"
        required
        onChange={event => setYear(event.target.value)}
      />
      <Field
        label={t('amount-yuan')}
        value={amount}
        inputMode="decimal"
        required
        problem={amountProblem}
        onChange={event => setAmount(event.target.value)}
      />
      <Field
        label={t('memo')}
        hint={t('memo-hint')}
        value={memo}
        required
        maxLength={500}
        onChange={event => setMemo(event.target.value)}
      />
      {send.isError && amountProblem === undefined ? <ProblemNotice error={send.error} /> : null}
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t('appropriate')}
      </Button>
    </form>
  )
}
