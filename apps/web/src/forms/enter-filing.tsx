import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { enterFiling } from '../api/filings.ts'
import { ProblemError } from '../api/problem.ts'
import { queries } from '../app/queries.ts'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { factsOf, NO_TEXT, useFilingDraft } from './filing-draft.ts'
import { FilingFields, isPlaced } from './filing-fields.tsx'
import { useRequestKey } from './request-key.ts'
import './form.css'

/** Puts a project on file; it holds from the day it was filed. */
export function EnterFilingForm({ onDone }: { readonly onDone: (id: string) => void }) {
  const { t } = useTranslation('filings')
  const { text, write, clear } = useFilingDraft('filing-enter', NO_TEXT)
  const [number, setNumber, clearNumber] = useDraft('filing-enter-number')
  const [code, setCode, clearCode] = useDraft('filing-enter-code')
  const [reason, setReason, clearReason] = useDraft('filing-enter-reason')
  const { key, renew, failed } = useRequestKey('filing-enter')
  const enter = useMutation({
    mutationFn: () => {
      const { state: _, ...facts } = factsOf(text)
      const names = { filing_number: number.trim(), credit_code: code.trim(), reason: reason.trim() }
      return enterFiling({ ...facts, ...names }, key)
    },
    onError: failed,
    onSuccess: async id => {
      renew()
      for (const forget of [clear, clearNumber, clearCode, clearReason]) forget()
      await queries.invalidateQueries()
      onDone(id)
    },
  })
  const problem = enter.error instanceof ProblemError ? enter.error.problem : undefined
  const problemOf = (field: string) => (problem?.where === field ? problem.detail : undefined)
  const placed = isPlaced(problem) || problemOf('filing_number') || problemOf('credit_code')
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        enter.mutate()
      }}
    >
      <Field
        label={t('filing-number')}
        value={number}
        required
        maxLength={64}
        problem={problemOf('filing_number')}
        onChange={event => setNumber(event.target.value)}
      />
      <Field
        label={t('credit-code')}
        value={code}
        required
        maxLength={40}
        problem={problemOf('credit_code')}
        onChange={event => setCode(event.target.value)}
      />
      <FilingFields text={text} write={write} problem={problem} withState={false} />
      <Field
        label={t('form.reason')}
        hint={t('form.reason-hint')}
        value={reason}
        required
        minLength={2}
        maxLength={1000}
        onChange={event => setReason(event.target.value)}
      />
      {enter.isError && !placed ? <ProblemNotice error={enter.error} /> : null}
      <Button type="primary" htmlType="submit" loading={enter.isPending}>
        {t('form.save')}
      </Button>
    </form>
  )
}
