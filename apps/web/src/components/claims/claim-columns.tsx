import { useTranslation } from 'react-i18next'
import type { Claim } from '../../api/claims.ts'
import { paths } from '../../app/paths.ts'
import { Amount } from '../../ui/amount.tsx'
import { AnswerTag } from '../../ui/answer-tag.tsx'
import { ANSWERS } from '../../ui/answers.ts'
import { PlainDate } from '../../ui/plain-date.tsx'
import type { Column, Filter } from '../data-table/columns.ts'
import { useBusinessDate } from '../use-business-date.ts'
import { recentQuarters } from './quarters.ts'

export function useClaimColumns(): readonly Column<Claim>[] {
  const { t } = useTranslation(['claims', 'common'])
  return [
    {
      key: 'enterprise',
      title: t('enterprise'),
      render: claim => claim.enterprise_name,
      text: claim => claim.enterprise_name,
    },
    {
      key: 'answer',
      title: t('answer'),
      render: claim => (
        <>
          <AnswerTag answer={claim.answer} />
          {claim.withheld_in === null ? null : <span className="small quiet"> {t('withheld')}</span>}
        </>
      ),
      text: claim =>
        claim.withheld_in === null
          ? t(`common:answer.${claim.answer}`)
          : `${t(`common:answer.${claim.answer}`)} (${t('withheld')})`,
    },
    {
      key: 'amount',
      title: t('amount'),
      figure: true,
      render: claim => <Amount yuan={claim.amount} exact explained={paths.claim(claim.id)} />,
      text: claim => claim.amount,
    },
    {
      key: 'interest',
      title: t('interest'),
      figure: true,
      render: claim => <Amount yuan={claim.interest} exact />,
      text: claim => claim.interest,
    },
    {
      key: 'paid',
      title: t('paid'),
      figure: true,
      render: claim => <Amount yuan={claim.paid} exact />,
      text: claim => claim.paid,
    },
    { key: 'quarter', title: t('quarter'), render: claim => claim.quarter, text: claim => claim.quarter },
    { key: 'bank', title: t('bank'), render: claim => claim.bank_name, text: claim => claim.bank_name },
    {
      key: 'receipt',
      title: t('receipt'),
      render: claim => <span className="mono">{claim.loan_receipt}</span>,
      text: claim => claim.loan_receipt,
    },
    {
      key: 'period',
      title: t('period'),
      hidden: true,
      render: claim => (
        <>
          <PlainDate date={claim.period_from} /> – <PlainDate date={claim.period_to} />
        </>
      ),
      text: claim => `${claim.period_from}/${claim.period_to}`,
    },
    {
      key: 'code',
      title: t('code'),
      hidden: true,
      render: claim => <span className="mono">{claim.credit_code}</span>,
      text: claim => claim.credit_code,
    },
    {
      key: 'batched',
      title: t('batched'),
      hidden: true,
      figure: true,
      render: claim => <Amount yuan={claim.batched} exact />,
      text: claim => claim.batched,
    },
  ]
}

export function useClaimFilters(): readonly Filter[] {
  const { t } = useTranslation(['claims', 'common'])
  const today = useBusinessDate()
  return [
    {
      key: 'quarter',
      label: t('quarter'),
      options: recentQuarters(today).map(quarter => ({ value: quarter, label: quarter })),
    },
    {
      key: 'answer',
      label: t('answer'),
      options: ANSWERS.map(answer => ({ value: answer, label: t(`common:answer.${answer}`) })),
    },
    { key: 'withheld', label: t('objection'), options: [{ value: 'true', label: t('withheld') }] },
  ]
}
