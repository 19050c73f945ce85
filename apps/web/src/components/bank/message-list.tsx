import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  type BankMessage,
  listBankMessages,
  MESSAGE_KINDS,
  messageCountsQuery,
  OUTCOMES,
} from '../../api/bank-messages.ts'
import { oneOf } from '../../api/list-query.ts'
import { PlainDate } from '../../ui/plain-date.tsx'
import type { Column } from '../data-table/columns.ts'
import { DataTable } from '../data-table/data-table.tsx'
import { OutcomeTag } from './outcome-tag.tsx'
import { Refusals } from './refusals.tsx'
import { useWhyText, Why } from './why.tsx'
import './message-list.css'

interface MessageListProps {
  readonly name: string
  /** A bank's operator knows which bank it is. */
  readonly ofOneBank: boolean
  link(id: string): string
}

/** Messages as banks sent them and how each stands, with how many stand how. */
export function MessageList({ name, ofOneBank, link }: MessageListProps) {
  const { t } = useTranslation('bank')
  const counts = useQuery(messageCountsQuery).data
  const columns = useColumns()
  return (
    <>
      {counts ? (
        <dl className="message-counts">
          {OUTCOMES.map(outcome => (
            <div key={outcome} className="card">
              <dt>
                <OutcomeTag outcome={outcome} />
              </dt>
              <dd>{counts[outcome].toLocaleString('en')}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      <Refusals />
      <DataTable
        name={name}
        title={t('title')}
        searchLabel={t('search')}
        columns={ofOneBank ? columns.filter(({ key }) => key !== 'bank') : columns}
        filters={[
          {
            key: 'outcome',
            label: t('outcome'),
            options: OUTCOMES.map(each => ({ value: each, label: t(`outcomes.${each}`) })),
          },
          {
            key: 'kind',
            label: t('kind'),
            options: MESSAGE_KINDS.map(each => ({ value: each, label: t(`kinds.${each}`) })),
          },
        ]}
        hiddenFilters={['message_id']}
        load={listBankMessages}
        rowKey={message => message.id}
        link={message => link(message.id)}
        empty={t('empty')}
      />
    </>
  )
}

function useColumns(): readonly Column<BankMessage>[] {
  const { t } = useTranslation('bank')
  const whyText = useWhyText()
  const kindOf = (message: BankMessage) => {
    const kind = oneOf(MESSAGE_KINDS, message.kind)
    return kind ? t(`kinds.${kind}`) : message.kind
  }
  return [
    {
      key: 'message',
      title: t('message'),
      render: message => <span className="mono">{message.message_id}</span>,
      text: message => message.message_id,
    },
    { key: 'kind', title: t('kind'), render: kindOf, text: kindOf },
    {
      key: 'outcome',
      title: t('outcome'),
      render: message => <OutcomeTag outcome={message.outcome} />,
      text: message => t(`outcomes.${message.outcome}`),
    },
    {
      key: 'receipt',
      title: t('receipt'),
      render: message => <span className="mono">{message.loan_receipt ?? '—'}</span>,
      text: message => message.loan_receipt ?? '',
    },
    {
      key: 'day',
      title: t('day'),
      render: message => <PlainDate date={message.business_date} />,
      text: message => message.business_date,
    },
    {
      key: 'detail',
      title: t('detail'),
      render: message => <Why {...message} code={undefined} />,
      text: message => (message.detail === undefined ? '' : whyText({ ...message, code: undefined })),
    },
    {
      key: 'bank',
      title: t('bank'),
      render: message => message.bank_name,
      text: message => message.bank_name,
    },
    {
      key: 'channel',
      title: t('channel'),
      hidden: true,
      render: message => t(`channels.${message.channel}`),
      text: message => t(`channels.${message.channel}`),
    },
    {
      key: 'received',
      title: t('received'),
      hidden: true,
      render: message => message.received_at.slice(0, 19).replace('T', ' '),
      text: message => message.received_at,
    },
  ]
}
