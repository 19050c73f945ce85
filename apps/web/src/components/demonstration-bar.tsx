import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { advanceQuarter, clockQuery, watchProgress } from '../api/demonstration.ts'
import { useMe } from '../api/me.ts'
import { inLanguage, type Label } from '../app/labels.ts'
import { queries } from '../app/queries.ts'
import { PlainDate } from '../ui/plain-date.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import './demonstration-bar.css'

/** Says that this is a demonstration and which day it is in it; moves the day on for those who may. */
export function DemonstrationBar() {
  const { t } = useTranslation()
  const clock = useQuery(clockQuery)
  const mayAdvance = useMe().permissions.includes('clock.advance')
  const [withOfficers, setWithOfficers] = useState(true)
  const [step, setStep] = useState<Label>()
  const advance = useMutation({
    mutationFn: async () => {
      const stop = watchProgress(event => {
        if (event.kind === 'step') setStep(event)
      })
      try {
        return await advanceQuarter(withOfficers)
      } finally {
        stop()
        setStep(undefined)
      }
    },
    onSettled: () => queries.invalidateQueries(),
  })
  return (
    <section className="demonstration no-print" aria-label={t('demonstration.label')}>
      <strong>{t('demonstration.label')}</strong>
      <span>
        {t('demonstration.date')} <PlainDate date={clock.data?.business_date} />
      </span>
      {mayAdvance ? (
        <>
          <Button size="small" type="primary" loading={advance.isPending} onClick={() => advance.mutate()}>
            {t(advance.isPending ? 'demonstration.advancing' : 'demonstration.advance')}
          </Button>
          <Checkbox
            checked={withOfficers}
            disabled={advance.isPending}
            onChange={event => setWithOfficers(event.target.checked)}
          >
            {t('demonstration.officers')}
          </Checkbox>
        </>
      ) : (
        <span className="demonstration-hint">{t('demonstration.hint')}</span>
      )}
      <span role="status" className="demonstration-step">
        {advance.isPending && step ? inLanguage(step) : null}
        {advance.isSuccess
          ? t('demonstration.done', {
              date: advance.data.business_date,
              messages: advance.data.messages.accepted,
              claims: advance.data.claims_changed,
              paid: advance.data.payments.paid,
            })
          : null}
      </span>
      {advance.isError ? <ProblemNotice error={advance.error} /> : null}
    </section>
  )
}
