import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Policy, policyQuery } from '../../api/policies.ts'
import { inLanguage } from '../../app/labels.ts'
import { save } from '../../components/data-table/save.ts'
import { Clauses } from '../../components/explanation/clauses.tsx'
import { formulaInLanguage } from '../../components/explanation/name-labels.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Parameters } from '../../components/policy/parameters.tsx'
import { RequirementList } from '../../components/policy/requirement-list.tsx'
import { PageSkeleton } from '../../ui/page-skeleton.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import './policy.css'

export function PolicyPage() {
  const { policy = '' } = useParams({ strict: false })
  const found = useQuery(policyQuery(policy))
  if (found.isError) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton lines={14} />
  return <OnePolicy policy={found.data} />
}

/** A policy as it is executed, readable without knowing the notation. */
function OnePolicy({ policy }: { readonly policy: Policy }) {
  const { t } = useTranslation('policy')
  const names = [...policy.decisions, ...policy.parameters, ...policy.inputs]
  return (
    <>
      <PageHeader
        title={inLanguage(policy.title)}
        lead={`${t('version', { version: policy.version })} · ${t('from')} ${policy.effective_from}`}
      >
        <button
          type="button"
          className="button"
          onClick={() =>
            save(new Blob([policy.model_xml], { type: 'application/xml' }), `${policy.policy}.dmn`)
          }
        >
          {t('download')}
        </button>
      </PageHeader>
      <div className="policy">
        <RequirementList title={t('conditions')} lines={policy.conditions} parameters={policy.parameters} />
        <RequirementList title={t('compliance')} lines={policy.compliance} parameters={policy.parameters} />
        <section className="card policy-section" aria-labelledby="formulas">
          <h2 id="formulas">{t('formulas')}</h2>
          <dl>
            {policy.decisions
              .filter(decision => decision.formula !== null)
              .map(decision => (
                <div key={decision.name}>
                  <dt>{inLanguage(decision.label)}</dt>
                  <dd>
                    <code>{formulaInLanguage(decision.formula ?? '', names)}</code>
                    {decision.text ? <p className="small quiet">{inLanguage(decision.text)}</p> : null}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
        <Parameters parameters={policy.parameters} />
        <section className="card policy-section">
          <Clauses clauses={policy.clauses} level="h2" />
        </section>
      </div>
    </>
  )
}
