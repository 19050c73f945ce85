import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { lodgeObjection, type NoticeLine } from '../api/notices.ts'
import { paths } from '../app/paths.ts'
import { Amount } from '../ui/amount.tsx'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useDraft } from './draft.ts'
import { useRequestKey } from './request-key.ts'
import './form.css'

interface ObjectionFormProps {
  readonly noticeId: string
  readonly line: NoticeLine
}

/** Anyone may object; what is asked for is who, how to answer, and why. */
export function ObjectionForm({ noticeId, line }: ObjectionFormProps) {
  const { t } = useTranslation('notices')
  const [name, setName] = useDraft('objection-name')
  const [contact, setContact] = useDraft('objection-contact')
  const [reason, setReason, clearReason] = useDraft(`objection-${line.claim_id}`)
  const { key, renew, failed } = useRequestKey(`objection-${line.claim_id}`)
  const send = useMutation({
    mutationFn: () => lodgeObjection(noticeId, { claim_id: line.claim_id, name, contact, reason }, key),
    onError: failed,
    onSuccess: () => {
      clearReason()
      renew()
    },
  })
  if (send.data) {
    const { reference } = send.data
    return (
      <div role="status" className="form">
        <p>
          <strong>{t('lodged')}</strong>
        </p>
        <p className="notice-reference mono">{reference}</p>
        <p>{t('lodged-keep')}</p>
        <Link to={paths.objection(reference)}>{t('lodged-look')}</Link>
      </div>
    )
  }
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <p>
        {t('object-to', { enterprise: line.enterprise_name, quarter: line.quarter })}{' '}
        <Amount yuan={line.amount} exact />
      </p>
      <Field
        label={t('name')}
        value={name}
        required
        maxLength={50}
        autoComplete="name"
        onChange={event => setName(event.target.value)}
      />
      <Field
        label={t('contact')}
        hint={t('contact-hint')}
        value={contact}
        required
        minLength={3}
        maxLength={100}
        onChange={event => setContact(event.target.value)}
      />
      <TextField
        label={t('reason')}
        hint={t('reason-hint')}
        value={reason}
        required
        minLength={10}
        maxLength={2000}
        onChange={event => setReason(event.target.value)}
      />
      {send.isError ? <ProblemNotice error={send.error} /> : null}
      <button type="submit" className="button button-primary" disabled={send.isPending}>
        {t(send.isPending ? 'sending' : 'send')}
      </button>
    </form>
  )
}
