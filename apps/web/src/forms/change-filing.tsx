import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeFiling, type Filing } from '../api/filings.ts'
import { ProblemError } from '../api/problem.ts'
import { queries } from '../app/queries.ts'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { factsOf, textOf, useFilingDraft } from './filing-draft.ts'
import { FilingFields, isPlaced } from './filing-fields.tsx'
import { asSent, type HoldsFrom, HoldsFromFields } from './holds-from.tsx'
import { useRequestKey } from './request-key.ts'
import './form.css'

/** Records that a project has changed, or that its record was wrong. */
export function ChangeFilingForm({
  filing,
  onDone,
}: {
  readonly filing: Filing
  readonly onDone: () => void
}) {
  const { t } = useTranslation('filings')
  const { text, write, clear } = useFilingDraft(`filing-${filing.id}`, textOf(filing))
  const [reason, setReason, clearReason] = useDraft(`filing-reason-${filing.id}`)
  const [holds, setHolds] = useState<HoldsFrom>()
  const { key, renew, failed } = useRequestKey(`filing-${filing.id}`)
  const change = useMutation({
    mutationFn: (chosen: HoldsFrom) =>
      changeFiling(filing, { ...factsOf(text), holds_from: asSent(chosen), reason: reason.trim() }, key),
    onError: failed,
    onSuccess: async () => {
      renew()
      clear()
      clearReason()
      await queries.invalidateQueries()
      onDone()
    },
  })
  const problem = change.error instanceof ProblemError ? change.error.problem : undefined
  const dayProblem = problem?.where === 'holds_from' ? problem.detail : undefined
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        if (holds) change.mutate(holds)
      }}
    >
      <HoldsFromFields of="change" chosen={holds} choose={setHolds} problem={dayProblem} />
      <FilingFields text={text} write={write} problem={problem} withState />
      <Field
        label={t('form.reason')}
        hint={t('form.reason-hint')}
        value={reason}
        required
        minLength={2}
        maxLength={1000}
        onChange={event => setReason(event.target.value)}
      />
      {change.isError && !isPlaced(problem) && dayProblem === undefined ? (
        <ProblemNotice error={change.error} />
      ) : null}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t('form.save')}
      </Button>
    </form>
  )
}
