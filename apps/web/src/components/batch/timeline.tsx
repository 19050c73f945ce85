import { useTranslation } from 'react-i18next'
import type { Batch } from '../../api/batches.ts'
import { PlainDate } from '../../ui/plain-date.tsx'
import { remarkKindKey } from '../../ui/state-words.ts'
import { useNarrow } from '../../ui/use-narrow.ts'
import { grouped } from './remarks.ts'
import { type Stage, stagesOf } from './stages.ts'
import './timeline.css'

const SIGN: Record<Stage['at'], string> = { done: '✓', now: '●', later: '○' }

/** Who has it now and since when, what happened, what comes next. */
export function BatchTimeline({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation(['batches', 'common'])
  const narrow = useNarrow()
  return (
    <section className="timeline card" aria-labelledby="timeline">
      <h2 id="timeline">{t('timeline')}</h2>
      <ol>
        {stagesOf(batch).map(stage => (
          <li key={stage.key} data-at={stage.at} aria-current={stage.at === 'now' ? 'step' : undefined}>
            <span className="timeline-sign" aria-hidden="true">
              {SIGN[stage.at]}
            </span>
            <span>
              <strong>{t(`stages.${stage.key}`)}</strong>
              <span className="timeline-who small">
                {stage.by ?? (stage.at === 'now' ? t(`with.${stage.key}`) : '')}{' '}
                {stage.on ? <PlainDate date={stage.on} /> : null}
              </span>
            </span>
          </li>
        ))}
      </ol>
      {batch.remarks.length === 0 ? null : (
        <details className="timeline-history" open={!narrow}>
          <summary>
            <h3>{t('history')}</h3>
          </summary>
          <ul className="timeline-remarks">
            {grouped(batch.remarks).map(remark => (
              <li key={remark.id}>
                <span className="small quiet">
                  <PlainDate date={remark.business_date} /> {remark.by} · {t(remarkKindKey(remark.kind))}
                  {remark.times > 1 ? ` ×${remark.times}` : ''}
                </span>
                {remark.text ? <p>{remark.text}</p> : null}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
