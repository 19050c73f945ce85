import { useMutation } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Batch, type BatchStep, takeStep } from '../../api/batches.ts'
import { useMe } from '../../api/me.ts'
import { queries } from '../../app/queries.ts'
import { BatchStepForm } from '../../forms/batch-step.tsx'
import { useRequestKey } from '../../forms/request-key.ts'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { useBusinessDate } from '../use-business-date.ts'
import { mayRefresh, stepsOf } from './batch-steps.ts'
import './action-bar.css'

/** Stays in sight; a step that cannot be taken says why. */
export function BatchActionBar({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('batches')
  const { user, permissions } = useMe()
  const today = useBusinessDate()
  const narrow = useNarrow()
  const [open, setOpen] = useState<Exclude<BatchStep, 'refresh'>>()
  const { key, renew } = useRequestKey(`batch-refresh-${batch.id}`)
  const refresh = useMutation({
    mutationFn: () => takeStep(batch, 'refresh', '', key),
    onSuccess: () => {
      renew()
      return queries.invalidateQueries()
    },
  })
  const steps = stepsOf(batch, { name: user?.name ?? '', permissions }, today)
  return (
    <section className="action-bar no-print" aria-label={t('actions')} data-shortcut="actions">
      {refresh.isError ? <ProblemNotice error={refresh.error} /> : null}
      <ul
        // On a phone the list is wider than the screen: it takes the focus to be scrolled.
        tabIndex={narrow ? 0 : undefined}
      >
        {steps.map(state => {
          const { step } = state
          if (step === 'refresh') return null
          return (
            <li key={step} data-allowed={state.allowed}>
              <Button
                type={state.allowed && step !== 'return' ? 'primary' : 'default'}
                disabled={!state.allowed}
                aria-describedby={state.allowed ? undefined : `why-${step}`}
                onClick={() => setOpen(step)}
              >
                {t(`steps.${step}`)}
              </Button>
              {state.allowed ? null : (
                <span id={`why-${step}`} className="small quiet">
                  {t(`why.${state.why}`, { step: t(`steps.${step}`), day: batch.payable_from ?? '' })}
                </span>
              )}
            </li>
          )
        })}
        {mayRefresh(batch, permissions) ? (
          <li>
            <Button loading={refresh.isPending} onClick={() => refresh.mutate()}>
              {t('steps.refresh')}
            </Button>
          </li>
        ) : null}
      </ul>
      <Modal
        open={open !== undefined}
        title={open ? t(`steps.${open}`) : ''}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(undefined)}
      >
        {open ? <BatchStepForm batch={batch} step={open} onDone={() => setOpen(undefined)} /> : null}
      </Modal>
    </section>
  )
}
