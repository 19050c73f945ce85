import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Batch, type BatchStep, takeStep } from '../api/batches.ts'
import { queries } from '../app/queries.ts'
import { Amount } from '../ui/amount.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { useRequestKey } from './request-key.ts'
import { TextArea } from './text-area.tsx'
import './form.css'

interface BatchStepFormProps {
  readonly batch: Batch
  readonly step: Exclude<BatchStep, 'refresh'>
  readonly onDone: () => void
}

/** Says what a step will do, takes what has to be said with it, and takes the step. */
export function BatchStepForm({ batch, step, onDone }: BatchStepFormProps) {
  const { t } = useTranslation('batches')
  const [text, setText, clear] = useDraft(`batch-${step}-${batch.id}`)
  const { key, renew, failed } = useRequestKey(`batch-${step}-${batch.id}`)
  const take = useMutation({
    mutationFn: () => takeStep(batch, step, text.trim(), key),
    onError: failed,
    onSuccess: async () => {
      clear()
      renew()
      await queries.invalidateQueries()
      onDone()
    },
  })
  // Ordered before: what arrived is not paid again, so the total would say what this step does not do.
  const again = step === 'order' && batch.state === 'ordered'
  const reasonMissing = step === 'return' && text.trim() === ''
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        take.mutate()
      }}
    >
      <p>
        {t(again ? 'preview.order-again' : `preview.${step}`, { number: batch.number, count: batch.claims })}
      </p>
      {again ? null : (
        <p className="form-figure">
          {t('total')} <Amount yuan={batch.total} exact />
        </p>
      )}
      {step === 'order' ? null : (
        <TextArea
          label={t(step === 'return' ? 'reason' : 'remark-optional')}
          value={text}
          required={step === 'return'}
          onChange={setText}
        />
      )}
      {take.isError ? <ProblemNotice error={take.error} /> : null}
      <Button
        type="primary"
        htmlType="submit"
        danger={step === 'return'}
        loading={take.isPending}
        disabled={reasonMissing}
      >
        {t(`steps.${step}`)}
      </Button>
    </form>
  )
}
