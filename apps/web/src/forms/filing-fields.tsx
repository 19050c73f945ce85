import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { FILING_STATES, type FilingFact } from '../api/filings.ts'
import { townsQuery } from '../api/organisations.ts'
import type { Problem } from '../api/problem.ts'
import { ChoiceField } from '../ui/choice-field.tsx'
import { Field } from '../ui/field.tsx'
import type { FilingText } from './filing-draft.ts'

interface FilingFieldsProps {
  readonly text: FilingText
  readonly write: (field: FilingFact, value: string) => void
  readonly problem: Problem | undefined
  /** A filing that is entered is in implementation. */
  readonly withState: boolean
}

const PLACED: readonly FilingFact[] = [
  'civil_works',
  'contract_signed_on',
  'filed_on',
  'site_in_city',
  'site_town_code',
]

/** Whether a refusal is said beside one of these fields. */
export const isPlaced = (problem: Problem | undefined) => PLACED.some(field => field === problem?.where)

/** What is on file of a project, field by field. */
export function FilingFields({ text, write, problem, withState }: FilingFieldsProps) {
  const { t } = useTranslation('filings')
  const towns = useQuery(townsQuery).data?.items ?? []
  const field = (fact: FilingFact) => ({
    label: t(`facts.${fact}`),
    value: text[fact],
    problem: problem?.where === fact ? problem.detail : undefined,
    onChange: (event: { target: { value: string } }) => write(fact, event.target.value),
  })
  return (
    <>
      <Field {...field('project_name')} required maxLength={300} />
      <Field {...field('approval_number')} maxLength={200} />
      <Field {...field('filed_on')} type="date" required />
      <Field {...field('contract_signed_on')} type="date" />
      <Field {...field('verified_investment')} inputMode="decimal" pattern="[0-9,]+(\.[0-9]{1,2})?" />
      <Field {...field('civil_works')} inputMode="decimal" pattern="[0-9,]+(\.[0-9]{1,2})?" />
      <ChoiceField
        {...field('site_in_city')}
        choices={[
          { value: '', label: t('form.choose') },
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
      />
      <ChoiceField
        {...field('site_town_code')}
        choices={[
          { value: '', label: t('form.town-none') },
          ...towns
            .filter(({ code, valid_to }) => valid_to === null || code === text.site_town_code)
            .map(({ code, name }) => ({ value: code, label: name })),
        ]}
      />
      {withState ? (
        <ChoiceField
          {...field('state')}
          choices={FILING_STATES.map(state => ({ value: state, label: t(`states.${state}`) }))}
        />
      ) : null}
      <p className="small quiet">{t('form.unknown-hint')}</p>
    </>
  )
}
