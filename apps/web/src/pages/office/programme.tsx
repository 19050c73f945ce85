import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Programme, programmeQuery } from '../../api/programme.ts'
import { paths } from '../../app/paths.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { BudgetBar } from '../../components/programme/budget-bar.tsx'
import { CrossYear } from '../../components/programme/cross-year.tsx'
import { QuarterTable } from '../../components/programme/quarter-table.tsx'
import { WaitingList } from '../../components/programme/waiting-list.tsx'
import { type Flow, Sankey } from '../../components/sankey/sankey.tsx'
import { Amount } from '../../ui/amount.tsx'
import { AnswerTag } from '../../ui/answer-tag.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import '../../ui/simple-table.css'
import './programme.css'

const NODES = {
  reported: '#14213d',
  eligible: '#0f6e84',
  ineligible: '#c0392b',
  unknown: '#8b93a1',
  suspended: '#7a6a9a',
  subsidised: '#0f6e84',
  not_covered: '#8b93a1',
  batched: '#b7862c',
  next_batch: '#d3b987',
  paid: '#2f7346',
  in_payment: '#d3b987',
} as const
type Node = keyof typeof NODES

export function ProgrammePage() {
  const { t } = useTranslation('programme')
  const navigate = useNavigate()
  const search: Record<string, unknown> = useSearch({ strict: false })
  const asked = Number(search.year)
  const programme = useQuery(programmeQuery(Number.isInteger(asked) ? asked : undefined))
  const year = programme.data?.year
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {year === undefined ? null : (
          <fieldset className="year-switch">
            <legend className="visually-hidden">{t('year')}</legend>
            {[year - 1, year, year + 1].map(each => (
              <button
                key={each}
                type="button"
                className="button"
                aria-pressed={each === year}
                onClick={() => void navigate({ to: '.', search: { year: each } })}
              >
                {each}
              </button>
            ))}
          </fieldset>
        )}
      </PageHeader>
      {programme.isPending ? <PageSkeleton lines={12} /> : null}
      {programme.isError ? (
        <ProblemNotice error={programme.error} retry={() => void programme.refetch()} />
      ) : null}
      {programme.data ? <Glance programme={programme.data} /> : null}
    </>
  )
}

function Glance({ programme }: { readonly programme: Programme }) {
  const { t } = useTranslation('programme')
  const { budget, flow, answers, loans, waiting, quarters, year } = programme
  const drawn: Flow = {
    nodes: flow.nodes
      .map(({ id }) => id)
      .filter((id): id is Node => id in NODES)
      .map(id => ({ id, name: t(`nodes.${id}`), color: NODES[id] })),
    links: flow.links,
  }
  return (
    <div className="glance">
      <section className="card glance-budget" aria-labelledby="budget">
        <h2 id="budget">{t('budget.title', { year })}</h2>
        <BudgetBar budget={budget} />
        <CrossYear programme={programme} />
      </section>
      <section className="card glance-waiting" aria-labelledby="waiting">
        <h2 id="waiting">{t('waiting.title')}</h2>
        <WaitingList waiting={waiting} />
      </section>
      <section className="card glance-flow" aria-labelledby="flow">
        <h2 id="flow">{t('flow-title', { year })}</h2>
        <p className="quiet small">
          {t('loans', { count: loans.count })} <Amount yuan={loans.principal} />
        </p>
        {flow.links.length === 0 ? (
          <p className="glance-empty quiet">{t('flow-none')}</p>
        ) : (
          <Sankey flow={drawn} title={t('flow-title', { year })} alt={t('flow-alt', { year })} />
        )}
      </section>
      <section className="card glance-answers" aria-labelledby="answers">
        <h2 id="answers">{t('answers')}</h2>
        <ul>
          {answers.map(({ answer, claims, amount }) => (
            <li key={answer}>
              <Link to={`${paths.claims()}?answer=${answer}`} className="glance-answer">
                <AnswerTag answer={answer} />
                <span className="figures">{t('claims', { count: claims })}</span>
                <Amount yuan={amount} />
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section className="card glance-quarters" aria-labelledby="quarters">
        <h2 id="quarters">{t('quarters.title')}</h2>
        <QuarterTable quarters={quarters} />
      </section>
    </div>
  )
}
