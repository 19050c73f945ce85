import { useTranslation } from 'react-i18next'
import type { Explanation } from '../../api/claims.ts'
import { inLanguage } from '../../app/labels.ts'
import { Amount } from '../../ui/amount.tsx'
import { valueInWords, withSeparators } from './feel-words.ts'
import { formulaInLanguage } from './name-labels.ts'
import { useRuleWords } from './use-rule-words.ts'

interface ArithmeticProps {
  readonly steps: Explanation['arithmetic']
  readonly facts: Explanation['facts']
  readonly parameters: Explanation['parameters']
  readonly amount: string
}

/** Each step with its formula, the numbers in place, and what it came to; the caps are among them. */
export function Arithmetic({ steps, facts, parameters, amount }: ArithmeticProps) {
  const { t } = useTranslation('explanation')
  const words = useRuleWords()
  const names = [...steps, ...parameters, ...facts]
  return (
    <section className="explanation-section">
      <h3>{t('arithmetic')}</h3>
      <ol className="explanation-steps">
        {steps.map(step => (
          <li key={step.name}>
            <div className="explanation-step-head">
              <strong>{inLanguage(step.label)}</strong>
              <span className="figures">{valueInWords(step.value, words)}</span>
            </div>
            {step.description ? <p className="small">{inLanguage(step.description)}</p> : null}
            <p className="mono small">
              {formulaInLanguage(step.formula, names)}
              {step.filled === step.formula ? null : (
                <>
                  <br />
                  <span className="explanation-filled">= {withSeparators(step.filled)}</span>
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
      <p className="explanation-total">
        {t('total')} <Amount yuan={amount} exact />
      </p>
      <dl className="explanation-parameters small">
        {parameters.map(parameter => (
          <div key={parameter.name}>
            <dt>{inLanguage(parameter.label)}</dt>
            <dd className="figures">{valueInWords(parameter.value, words)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
