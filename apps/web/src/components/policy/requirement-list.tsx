import { useId } from 'react'
import type { Policy } from '../../api/policies.ts'
import { inLanguage } from '../../app/labels.ts'
import { requirementInWords } from '../explanation/feel-words.ts'
import { useRuleWords } from '../explanation/use-rule-words.ts'

interface RequirementListProps {
  readonly title: string
  readonly lines: Policy['conditions']
  /** Their values stand beside their names. */
  readonly parameters: Policy['parameters']
}

export function RequirementList({ title, lines, parameters }: RequirementListProps) {
  const id = useId()
  const words = useRuleWords()
  const bounds = parameters.map(parameter => ({ ...parameter, label: inLanguage(parameter.label) }))
  return (
    <section className="card policy-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <dl>
        {lines.map(line => (
          <div key={line.label.zh}>
            <dt>{inLanguage(line.label)}</dt>
            <dd>
              {requirementInWords(line.requirement, bounds, words)}
              {line.question ? <p className="small quiet">{inLanguage(line.question)}</p> : null}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
