import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { MessageList } from '../../components/bank/message-list.tsx'
import { PageHeader } from '../../components/page-header.tsx'

/** The bank's own messages: what was taken, what waits, what was refused and why. */
export function BankPage() {
  const { t } = useTranslation('bank')
  return (
    <>
      <PageHeader title={t('title-own')} lead={t('lead-own')} />
      <MessageList name="own-messages" ofOneBank link={paths.ownMessage} />
    </>
  )
}
