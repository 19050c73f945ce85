import type { TFunction } from 'i18next'
import { BATCH_STATES, type BatchSummary } from '../../api/batches.ts'
import { Amount } from '../../ui/amount.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import type { Column, Filter } from '../data-table/columns.ts'
import { BatchStateTag } from './batch-state-tag.tsx'

type Words = TFunction<'batches'>

export function batchColumns(t: Words): readonly Column<BatchSummary>[] {
  return [
    { key: 'number', title: t('number'), render: batch => batch.number, text: batch => batch.number },
    {
      key: 'state',
      title: t('state'),
      render: batch => <BatchStateTag state={batch.state} />,
      text: batch => t(`states.${batch.state}`),
    },
    {
      key: 'claims',
      title: t('claims'),
      figure: true,
      render: batch => batch.claims.toLocaleString('en'),
      text: batch => String(batch.claims),
    },
    {
      key: 'total',
      title: t('total'),
      figure: true,
      render: batch => <Amount yuan={batch.total} exact />,
      text: batch => batch.total,
    },
    {
      key: 'prepared',
      title: t('prepared'),
      render: batch => (
        <>
          {batch.prepared_by} <PlainDate date={batch.prepared_on} />
        </>
      ),
      text: batch => `${batch.prepared_by} ${batch.prepared_on}`,
    },
    {
      key: 'decided',
      title: t('decided'),
      render: batch =>
        batch.decided_by ? (
          <>
            {batch.decided_by} <PlainDate date={batch.decided_on} />
          </>
        ) : (
          <span className="quiet">—</span>
        ),
      text: batch => `${batch.decided_by ?? ''} ${batch.decided_on ?? ''}`.trim(),
    },
    {
      key: 'payable',
      title: t('payable-from'),
      render: batch => <PlainDate date={batch.payable_from} />,
      text: batch => batch.payable_from ?? '',
    },
  ]
}

export function batchFilters(t: Words): readonly Filter[] {
  return [
    {
      key: 'state',
      label: t('state'),
      options: BATCH_STATES.map(state => ({ value: state, label: t(`states.${state}`) })),
    },
  ]
}
