import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { overrideCreditCode } from '../api/organisations.ts'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { useRequestKey } from './request-key.ts'
import './form.css'

/** A real code with a wrong check digit is taken once somebody says why and by what evidence. */
export function OverrideCreditCodeForm() {
  const { t } = useTranslation('registry')
  const [code, setCode, clearCode] = useDraft('override-code')
  const [reason, setReason, clearReason] = useDraft('override-reason')
  const [evidence, setEvidence, clearEvidence] = useDraft('override-evidence')
  const { key, renew, failed } = useRequestKey('override')
  const send = useMutation({
    mutationFn: () => overrideCreditCode(code.trim(), reason.trim(), evidence.trim(), key),
    onError: failed,
    onSuccess: () => {
      renew()
      clearCode()
      clearReason()
      clearEvidence()
    },
  })
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <Field
        label={t('credit-code')}
        value={code}
        required
        maxLength={40}
        autoComplete="off"
        onChange={event => setCode(event.target.value)}
      />
      <Field
        label={t('exception.reason')}
        value={reason}
        required
        minLength={4}
        maxLength={1000}
        onChange={event => setReason(event.target.value)}
      />
      <Field
        label={t('exception.evidence')}
        hint={t('exception.evidence-hint')}
        value={evidence}
        required
        minLength={4}
        maxLength={1000}
        onChange={event => setEvidence(event.target.value)}
      />
      {send.isError ? <ProblemNotice error={send.error} /> : null}
      <p role="status">{send.isSuccess ? t('exception.done') : null}</p>
      <Button htmlType="submit" loading={send.isPending}>
        {t('exception.submit')}
      </Button>
    </form>
  )
}
