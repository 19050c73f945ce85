import { useTranslation } from 'react-i18next'
import { useBusinessDate } from '../components/use-business-date.ts'
import { Field } from '../ui/field.tsx'

/** The day from which it is so; null: the record was never right. Undefined: not said yet. */
export type HoldsFrom = { readonly kind: 'from'; readonly day: string } | { readonly kind: 'never' }

export const asSent = (chosen: HoldsFrom) => (chosen.kind === 'from' ? chosen.day : null)

interface HoldsFromFieldsProps {
  readonly of: 'change' | 'withdrawal'
  readonly chosen: HoldsFrom | undefined
  readonly choose: (chosen: HoldsFrom) => void
  readonly problem: string | undefined
}

const WORDS = {
  change: ['form.changed', 'form.changed-hint', 'form.corrected', 'form.corrected-hint'],
  withdrawal: [
    'form.withdraw-from',
    'form.withdraw-from-hint',
    'form.withdraw-never',
    'form.withdraw-never-hint',
  ],
} as const

/** An event of a day, or an error of the record: what follows for claims differs, so that it has to be said. */
export function HoldsFromFields({ of, chosen, choose, problem }: HoldsFromFieldsProps) {
  const { t } = useTranslation('filings')
  const today = useBusinessDate() ?? ''
  const [from, fromHint, never, neverHint] = WORDS[of]
  return (
    <>
      <fieldset className="form-choices">
        <legend>{t('form.kind')}</legend>
        <label>
          <input
            type="radio"
            name="holds-from"
            required
            checked={chosen?.kind === 'from'}
            onChange={() => choose({ kind: 'from', day: today })}
          />
          <span>
            {t(from)}
            <span className="small quiet">{t(fromHint)}</span>
          </span>
        </label>
        <label>
          <input
            type="radio"
            name="holds-from"
            checked={chosen?.kind === 'never'}
            onChange={() => choose({ kind: 'never' })}
          />
          <span>
            {t(never)}
            <span className="small quiet">{t(neverHint)}</span>
          </span>
        </label>
      </fieldset>
      {chosen?.kind === 'from' ? (
        <Field
          label={t('form.day')}
          type="date"
          required
          max={today}
          value={chosen.day}
          problem={problem}
          onChange={event => choose({ kind: 'from', day: event.target.value })}
        />
      ) : null}
    </>
  )
}
