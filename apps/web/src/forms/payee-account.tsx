import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { accountsQuery, correctAccount } from '../api/enterprise.ts'
import { ProblemError } from '../api/problem.ts'
import { queries } from '../app/queries.ts'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { useRequestKey } from './request-key.ts'
import './form.css'

/** The holder is the enterprise itself and is not asked for. */
export function PayeeAccountForm() {
  const { t } = useTranslation('enterprise')
  const [number, setNumber, clearNumber] = useDraft('payee-account-number')
  const [bank, setBank, clearBank] = useDraft('payee-account-bank')
  const seen = useQuery(accountsQuery).data
  const { key, renew, failed } = useRequestKey('payee-account')
  const correct = useMutation({
    mutationFn: () => correctAccount(number, bank, seen?.etag ?? '', key),
    onError: failed,
    onSuccess: async () => {
      renew()
      clearNumber()
      clearBank()
      await queries.invalidateQueries()
    },
  })
  const problem = correct.error instanceof ProblemError ? correct.error.problem : undefined
  const problemOf = (field: string) => (problem?.where?.endsWith(field) ? problem.detail : undefined)
  const placed = problemOf('account_number') ?? problemOf('bank_code')
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        correct.mutate()
      }}
    >
      <Field
        label={t('account-number')}
        hint={t('account-number-hint')}
        value={number}
        inputMode="numeric"
        autoComplete="off"
        required
        maxLength={64}
        problem={problemOf('account_number')}
        onChange={event => setNumber(event.target.value)}
      />
      <Field
        label={t('account-bank-code')}
        hint={t('account-bank-code-hint')}
        value={bank}
        inputMode="numeric"
        autoComplete="off"
        required
        maxLength={20}
        problem={problemOf('bank_code')}
        onChange={event => setBank(event.target.value)}
      />
      {correct.isError && placed === undefined ? <ProblemNotice error={correct.error} /> : null}
      <p role="status">{correct.isSuccess ? t('account-corrected') : null}</p>
      <Button type="primary" htmlType="submit" loading={correct.isPending} disabled={!seen}>
        {t('account-submit')}
      </Button>
    </form>
  )
}
