import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Programme } from '../../api/programme.ts'
import { paths } from '../../app/paths.ts'
import './waiting-list.css'

const WHERE = {
  claims_to_batch: paths.batches(),
  batches_to_submit: `${paths.batches()}?state=draft`,
  batches_to_decide: `${paths.batches()}?state=submitted`,
  batches_to_order: paths.treasury(),
  payments_to_repeat: paths.treasury(),
  objections: `${paths.batches()}?state=approved`,
  claims_withheld: `${paths.claims()}?withheld=true`,
  discrepancies: paths.discrepancies(),
} as const

type Kind = keyof typeof WHERE

function isKnown(kind: string): kind is Kind {
  return kind in WHERE
}

/** What waits for the reader, and only for them; each line leads to where it is done. */
export function WaitingList({ waiting }: { readonly waiting: Programme['waiting'] }) {
  const { t } = useTranslation('programme')
  const known = waiting.flatMap(({ kind, count }) => (isKnown(kind) ? [{ kind, count }] : []))
  if (known.length === 0) return <p className="quiet">{t('waiting.nothing')}</p>
  return (
    <ul className="waiting" data-shortcut="actions">
      {known.map(({ kind, count }) => (
        <li key={kind}>
          <Link to={WHERE[kind]} data-row="">
            <span className="waiting-count figures">{count}</span>
            <span>{t(`waiting.${kind}`, { count })}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
