import { useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Batch } from '../../api/batches.ts'
import { useMe } from '../../api/me.ts'
import { type Objection, objectionsQuery } from '../../api/objections.ts'
import { paths } from '../../app/paths.ts'
import { DecideObjectionForm, ReleaseForm } from '../../forms/decide-objection.tsx'
import { Amount } from '../../ui/amount.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { Tag } from '../../ui/tag.tsx'
import './objections.css'

/** Objections to a batch, for those who may see who objected; open ones first. */
export function BatchObjections({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('batches')
  const { permissions } = useMe()
  const maySee = batch.notice_from !== null && permissions.includes('objection.read')
  const objections = useQuery({ ...objectionsQuery(batch.id), enabled: maySee })
  const [chosen, setChosen] = useState<string>()
  if (!maySee) return null
  const mayDecide = permissions.includes('objection.decide')
  const items = objections.data?.items ?? []
  const deciding = items.find(({ id }) => id === chosen)
  const close = () => setChosen(undefined)
  return (
    <section className="batch-section" aria-labelledby="objections">
      <h2 id="objections">
        {t('objections.title')}{' '}
        <span className="small quiet">{t('objections.count', { count: items.length })}</span>
      </h2>
      <p className="small quiet">
        {t('objections.notice', { from: batch.notice_from, until: batch.notice_until })}
      </p>
      {objections.isError ? (
        <ProblemNotice error={objections.error} retry={() => void objections.refetch()} />
      ) : null}
      {objections.data && items.length === 0 ? <p className="quiet">{t('objections.none')}</p> : null}
      <ul className="objections">
        {items.map(objection => (
          <li key={objection.id} className="card">
            <OneObjection objection={objection} />
            {objection.state === 'open' || objection.withheld ? (
              <Button
                disabled={!mayDecide}
                onClick={() => setChosen(objection.id)}
                aria-label={t(objection.withheld ? 'objections.release-of' : 'objections.decide-of', {
                  reference: objection.reference,
                })}
              >
                {t(objection.withheld ? 'objections.release' : 'objections.decide')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <Modal
        open={deciding !== undefined}
        title={t(deciding?.withheld ? 'objections.release' : 'objections.decide')}
        footer={null}
        destroyOnHidden
        onCancel={close}
      >
        {deciding?.withheld ? <ReleaseForm objection={deciding} onDone={close} /> : null}
        {deciding && !deciding.withheld ? <DecideObjectionForm objection={deciding} onDone={close} /> : null}
      </Modal>
    </section>
  )
}

function OneObjection({ objection }: { readonly objection: Objection }) {
  const { t } = useTranslation('batches')
  const { state, outcome } = objection
  return (
    <>
      <p className="objection-head">
        <Tag tone={state === 'open' ? 'wait' : 'plain'}>{t(`objections.states.${state}`)}</Tag>
        <strong>{objection.enterprise_name}</strong> {objection.quarter}
        <Amount yuan={objection.amount} exact explained={paths.claim(objection.claim_id)} />
      </p>
      <p className="objection-words">{objection.reason}</p>
      <p className="small quiet">
        <PlainDate date={objection.lodged_on} /> · {objection.name} · {objection.contact} ·{' '}
        <span className="mono">{objection.reference}</span>
      </p>
      {objection.decision_reason ? (
        <p className="small">
          <PlainDate date={objection.decided_on} /> {objection.decided_by} ·{' '}
          {outcome ? `${t(`objections.decisions.${outcome}`)} · ` : ''}
          {objection.decision_reason}
          {objection.withheld ? ` · ${t('objections.withheld')}` : ''}
        </p>
      ) : null}
    </>
  )
}
