import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'
import { inLanguage } from '../../app/labels.ts'
import { Amount } from '../../ui/amount.tsx'
import { AnswerTag } from '../../ui/answer-tag.tsx'
import { PlainDate } from '../../ui/plain-date.tsx'
import { Arithmetic } from './arithmetic.tsx'
import { Clauses } from './clauses.tsx'
import { Conditions } from './conditions.tsx'
import { InterestSteps } from './interest-steps.tsx'
import { MoneyPath } from './money-path.tsx'
import { NearestChange } from './nearest-change.tsx'
import './explanation-panel.css'

interface ExplanationPanelProps {
  readonly explanation: Explanation
  /** Whose and what for: stands above the answer, on paper too. */
  readonly subject: string
}

/** From an answer back to its reasons and forward to its money: readable by a clerk, printable on one page. */
export function ExplanationPanel({ explanation, subject }: ExplanationPanelProps) {
  const { t } = useTranslation('explanation')
  const { policy, evidence, answer, conditions, compliance } = explanation
  return (
    <article className="explanation card" aria-labelledby="explanation-title">
      <header className="explanation-verdict">
        <div>
          <p className="small quiet">{subject}</p>
          <h2 id="explanation-title">{t(`verdict.${answer}`)}</h2>
          <p className="small">
            {t('by', { policy: inLanguage(policy.title), version: policy.version })}{' '}
            <span className="quiet">
              {t('as-of')} <PlainDate date={policy.as_of} />
            </span>
          </p>
        </div>
        <div className="explanation-sum">
          <AnswerTag answer={answer} />
          <Amount yuan={explanation.amount} exact size="large" />
        </div>
        <Button className="no-print" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </header>
      {answer === 'eligible' ? null : <NearestChange explanation={explanation} />}
      <Conditions
        title={t('conditions')}
        hint={t('conditions-met', count(conditions))}
        lines={conditions}
        explanation={explanation}
      />
      <Conditions
        title={t('compliance')}
        hint={t('compliance-hint')}
        lines={compliance}
        explanation={explanation}
      />
      <InterestSteps interest={explanation.interest} />
      <Arithmetic
        steps={explanation.arithmetic}
        facts={explanation.facts}
        parameters={explanation.parameters}
        amount={explanation.amount}
      />
      <MoneyPath path={explanation.path} />
      <Clauses clauses={explanation.clauses} />
      <footer className="explanation-evidence small">
        <h3>{t('evidence')}</h3>
        <p className="quiet">{t('evidence-hint')}</p>
        <dl>
          <dt>{t('inputs-hash')}</dt>
          <dd className="mono">{evidence.input_sha256}</dd>
          <dt>{t('model-hash')}</dt>
          <dd className="mono">{evidence.model_sha256}</dd>
          <dt>{t('determination')}</dt>
          <dd className="mono">
            {evidence.determination_id} · <time>{evidence.recorded_at.slice(0, 19).replace('T', ' ')}Z</time>
          </dd>
        </dl>
      </footer>
    </article>
  )
}

function count(lines: Explanation['conditions']): { met: number; count: number } {
  return { met: lines.filter(line => line.outcome === 'met').length, count: lines.length }
}
