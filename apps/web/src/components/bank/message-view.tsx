import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { bankMessageQuery, MESSAGE_KINDS, type MessageInFull } from '../../api/bank-messages.ts'
import { oneOf } from '../../api/list-query.ts'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { PageHeader } from '../page-header.tsx'
import { OutcomeTag } from './outcome-tag.tsx'
import { Why } from './why.tsx'
import './message-list.css'

/** One message as it was received, byte for byte but for account numbers, and what became of it. */
export function MessageView({ back }: { readonly back: string }) {
  const { t } = useTranslation('bank')
  const { id = '' } = useParams({ strict: false })
  const message = useQuery(bankMessageQuery(id))
  if (message.isError) return <ProblemNotice error={message.error} retry={() => void message.refetch()} />
  if (!message.data) return <PageSkeleton lines={10} />
  const { data } = message
  const kind = oneOf(MESSAGE_KINDS, data.kind)
  return (
    <>
      <PageHeader
        title={t('message-title', { id: data.message_id })}
        lead={<Link to={back}>{t('back')}</Link>}
      >
        <OutcomeTag outcome={data.outcome} />
      </PageHeader>
      <div className="message">
        <dl className="card message-facts">
          <dt>{t('kind')}</dt>
          <dd>{kind ? t(`kinds.${kind}`) : data.kind}</dd>
          <dt>{t('bank')}</dt>
          <dd>{data.bank_name}</dd>
          <dt>{t('receipt')}</dt>
          <dd className="mono">{data.loan_receipt ?? '—'}</dd>
          <dt>{t('channel')}</dt>
          <dd>
            {t(`channels.${data.channel}`)}
            {data.line === null ? '' : ` · ${t('line', { line: data.line })}`}
          </dd>
          <dt>{t('day')}</dt>
          <dd>
            <PlainDate date={data.business_date} />
          </dd>
          {data.detail ? (
            <>
              <dt>{t('detail')}</dt>
              <dd>
                <Why {...data} line={null} />
              </dd>
            </>
          ) : null}
          <dt>{t('key')}</dt>
          <dd className="mono small">{data.key_id}</dd>
          <dt>{t('hash')}</dt>
          <dd className="mono small">{data.body_sha256}</dd>
        </dl>
        <section className="card" aria-label={t('body')}>
          <pre className="message-body mono">{readable(data.body)}</pre>
        </section>
        <History history={data.history} />
      </div>
    </>
  )
}

function History({ history }: { readonly history: MessageInFull['history'] }) {
  const { t } = useTranslation('bank')
  if (history.length === 0) return null
  return (
    <section className="card message-body" aria-labelledby="history">
      <h2 id="history">{t('history')}</h2>
      <ul>
        {history.map(change => (
          <li key={change.recorded_at}>
            <OutcomeTag outcome={change.outcome} />{' '}
            <span className="small quiet">{t('caused-by', { id: change.caused_by })}</span>{' '}
            <Why {...change} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const SPACES = 2

/** JSON in lines; anything else as it came. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, SPACES)
  } catch {
    return body
  }
}
