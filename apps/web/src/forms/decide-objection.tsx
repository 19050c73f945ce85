import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  DECISIONS,
  type Decision,
  decideObjection,
  type Objection,
  releaseWithheld,
} from '../api/objections.ts'
import { queries } from '../app/queries.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { useRequestKey } from './request-key.ts'
import { TextArea } from './text-area.tsx'
import './form.css'

interface ObjectionFormProps {
  readonly objection: Objection
  readonly onDone: () => void
}

/** Says what each decision does; the reason is told to who objected. */
export function DecideObjectionForm({ objection, onDone }: ObjectionFormProps) {
  const { t } = useTranslation('batches')
  const [decision, setDecision] = useState<Decision>()
  const form = `decide-objection-${objection.id}`
  const [reason, setReason, clear] = useDraft(form)
  const { key, renew, failed } = useRequestKey(form)
  const decide = useMutation({
    mutationFn: async () => {
      if (decision) await decideObjection(objection, decision, reason.trim(), key)
    },
    onError: failed,
    onSuccess: async () => {
      clear()
      renew()
      onDone()
      await queries.invalidateQueries()
    },
  })
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        decide.mutate()
      }}
    >
      <p className="form-quote">{objection.reason}</p>
      <fieldset className="form-choices">
        <legend>{t('objections.decision')}</legend>
        {DECISIONS.map(each => (
          <label key={each}>
            <input
              type="radio"
              name="decision"
              required
              checked={decision === each}
              onChange={() => setDecision(each)}
            />
            <span>
              {t(`objections.decisions.${each}`)}
              <span className="small quiet">{t(`objections.decision-hints.${each}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <TextArea label={t('objections.reason')} value={reason} required onChange={setReason} />
      {decide.isError ? <ProblemNotice error={decide.error} /> : null}
      <Button
        type="primary"
        htmlType="submit"
        loading={decide.isPending}
        disabled={!decision || reason.trim() === ''}
      >
        {t('objections.submit')}
      </Button>
    </form>
  )
}

/** What an upheld objection holds back may be paid after all, once somebody says why. */
export function ReleaseForm({ objection, onDone }: ObjectionFormProps) {
  const { t } = useTranslation('batches')
  const form = `release-objection-${objection.id}`
  const [reason, setReason, clear] = useDraft(form)
  const { key, renew, failed } = useRequestKey(form)
  const release = useMutation({
    mutationFn: () => releaseWithheld(objection, reason.trim(), key),
    onError: failed,
    onSuccess: async () => {
      clear()
      renew()
      onDone()
      await queries.invalidateQueries()
    },
  })
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        release.mutate()
      }}
    >
      <p>{t('objections.release-preview')}</p>
      <TextArea label={t('objections.release-reason')} value={reason} required onChange={setReason} />
      {release.isError ? <ProblemNotice error={release.error} /> : null}
      <Button type="primary" htmlType="submit" loading={release.isPending} disabled={reason.trim() === ''}>
        {t('objections.release')}
      </Button>
    </form>
  )
}
