import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addRemark, type Batch, type BatchLine } from '../../api/batches.ts'
import { useMe } from '../../api/me.ts'
import { paths } from '../../app/paths.ts'
import { queries } from '../../app/queries.ts'
import { useRequestKey } from '../../forms/request-key.ts'
import { Amount } from '../../ui/amount.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import type { Column } from '../data-table/columns.ts'
import { Rows } from '../data-table/rows.tsx'
import '../data-table/data-table.css'

const LINES_AT_FIRST = 10
const CARDS_AT_FIRST = 4

interface BatchLinesProps {
  readonly batch: Batch
  readonly kind: 'exceptions' | 'sample'
}

/** The exceptions of a batch, or the sample drawn for checking; a checked line says so for good. */
export function BatchLines({ batch, kind }: BatchLinesProps) {
  const { t } = useTranslation('batches')
  const { permissions } = useMe()
  const [all, setAll] = useState(false)
  const atFirst = useNarrow() ? CARDS_AT_FIRST : LINES_AT_FIRST
  const mayCheck = permissions.includes('batch.prepare') || permissions.includes('batch.decide')
  const { key, renew, failed } = useRequestKey(`check-${kind}-${batch.id}`)
  const check = useMutation({
    mutationFn: (claimId: string) => addRemark(batch.id, 'sample_checked', '', key, claimId),
    onError: failed,
    onSuccess: next => {
      renew()
      queries.setQueryData(['batch', batch.id], next)
    },
  })
  const lines: readonly BatchLine[] = batch[kind]
  const columns: readonly Column<BatchLine>[] = [
    {
      key: 'enterprise',
      title: t('enterprise'),
      render: line => line.enterprise_name,
      text: line => line.enterprise_name,
    },
    ...(kind === 'sample'
      ? [
          {
            key: 'bank',
            title: t('bank'),
            render: (line: BatchLine) => line.bank_name,
            text: (line: BatchLine) => line.bank_name,
          },
        ]
      : [
          {
            key: 'kind',
            title: t('what'),
            render: (line: BatchLine) => <Tag tone="wait">{t(`exceptions.${line.kind}`)}</Tag>,
            text: (line: BatchLine) => t(`exceptions.${line.kind}`),
          },
        ]),
    { key: 'quarter', title: t('quarter'), render: line => line.quarter, text: line => line.quarter },
    {
      key: 'amount',
      title: t('amount'),
      figure: true,
      render: line => <Amount yuan={line.amount} exact explained={paths.claim(line.claim_id)} />,
      text: line => line.amount,
    },
    {
      key: 'checked',
      title: t('checked'),
      render: line =>
        line.checked ? (
          <Tag tone="good">{t('checked')}</Tag>
        ) : (
          <Button
            size="small"
            disabled={!mayCheck || check.isPending}
            onClick={() => check.mutate(line.claim_id)}
            aria-label={t('check-line', { enterprise: line.enterprise_name })}
          >
            {t('check')}
          </Button>
        ),
      text: line => (line.checked ? t('checked') : ''),
    },
  ]
  return (
    <section className="batch-section" aria-labelledby={kind}>
      <h2 id={kind}>
        {t(`${kind}-title`)} <span className="small quiet">{t('count', { count: lines.length })}</span>
      </h2>
      {check.isError ? <ProblemNotice error={check.error} /> : null}
      {lines.length === 0 ? (
        <p className="quiet">{t(`${kind}-none`)}</p>
      ) : (
        <>
          <Rows
            title={t(`${kind}-title`)}
            columns={columns}
            rows={all ? lines : lines.slice(0, atFirst)}
            rowKey={line => line.claim_id}
            link={line => paths.claim(line.claim_id)}
          />
          {lines.length > atFirst && !all ? (
            <p>
              <Button onClick={() => setAll(true)}>{t('show-all', { count: lines.length })}</Button>
            </p>
          ) : null}
        </>
      )}
    </section>
  )
}
