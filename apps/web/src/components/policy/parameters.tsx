import { useTranslation } from 'react-i18next'
import type { Policy } from '../../api/policies.ts'
import { inLanguage } from '../../app/labels.ts'
import { PlainDate } from '../../ui/plain-date.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Rows } from '../data-table/rows.tsx'
import { valueInWords } from '../explanation/feel-words.ts'
import { useRuleWords } from '../explanation/use-rule-words.ts'
import '../data-table/data-table.css'

/** Each threshold, rate, cap and deadline as a dated record; one that the city has still to confirm says so. */
export function Parameters({ parameters }: { readonly parameters: Policy['parameters'] }) {
  const { t } = useTranslation('policy')
  const words = useRuleWords()
  return (
    <section className="policy-parameters" aria-labelledby="parameters">
      <h2 id="parameters">{t('parameters')}</h2>
      <Rows
        title={t('parameters')}
        rows={parameters}
        rowKey={row => `${row.name}-${row.effective_from}`}
        columns={[
          {
            key: 'name',
            title: t('parameter'),
            render: row => inLanguage(row.label),
            text: row => row.name,
          },
          {
            key: 'value',
            title: t('value'),
            figure: true,
            render: row => `${valueInWords(row.value, words)} ${row.unit ?? ''}`,
            text: row => row.value,
          },
          {
            key: 'from',
            title: t('in-force'),
            render: row => (
              <>
                <PlainDate date={row.effective_from} /> –{' '}
                {row.effective_to ? <PlainDate date={row.effective_to} /> : ''}
              </>
            ),
            text: row => row.effective_from,
          },
          {
            key: 'verified',
            title: t('verified'),
            render: row => (
              <Tag tone={row.verified ? 'good' : 'wait'}>
                {t(row.verified ? 'is-verified' : 'not-verified')}
              </Tag>
            ),
            text: row => String(row.verified),
          },
          { key: 'source', title: t('source'), render: row => row.source, text: row => row.source },
        ]}
      />
    </section>
  )
}
