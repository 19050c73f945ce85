import { useTranslation } from 'react-i18next'
import type { Notification } from '../../api/enterprise.ts'
import { currentLanguage } from '../../app/languages.ts'
import { fenOf, figure } from '../../ui/money.ts'
import { PlainDate } from '../../ui/plain-date.tsx'
import { reasonKey } from '../../ui/state-words.ts'

/** What the enterprise was told, in sentences made from kind and parameters. */
export function NotificationList({ notifications }: { readonly notifications: readonly Notification[] }) {
  const { t } = useTranslation(['enterprise', 'common'])
  if (notifications.length === 0) return <p className="quiet">{t('told-none')}</p>
  const sentence = ({ kind, parameters }: Notification) => {
    const blanks = {
      amount: amountOf(parameters.amount),
      number: parameters.end_to_end_id ?? '',
      reason: t(reasonKey(parameters.reason ?? ''), { code: parameters.reason ?? '—' }),
      quarter: parameters.quarter ?? '',
    }
    if (kind === 'subsidy-paid') return t('notices.subsidy-paid', blanks)
    if (kind === 'account-rejected') return t('notices.account-rejected', blanks)
    if (kind === 'subsidy-withheld') return t('notices.subsidy-withheld', blanks)
    return t('notices.other')
  }
  return (
    <ul className="notices" lang={currentLanguage() === 'zh' ? 'zh-CN' : 'en'}>
      {notifications.map(notification => (
        <li key={notification.id}>
          <span className="small quiet">
            <PlainDate date={notification.business_date} />
          </span>
          <p>{sentence(notification)}</p>
        </li>
      ))}
    </ul>
  )
}

function amountOf(yuan: string | null | undefined): string {
  return yuan && /^-?\d+(\.\d{1,2})?$/.test(yuan) ? figure(fenOf(yuan), 'yuan') : (yuan ?? '')
}
