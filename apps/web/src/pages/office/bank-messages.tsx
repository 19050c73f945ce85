import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { MessageList } from '../../components/bank/message-list.tsx'
import { PageHeader } from '../../components/page-header.tsx'

export function BankMessagesPage() {
  const { t } = useTranslation('bank')
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <MessageList name="bank-messages" ofOneBank={false} link={paths.bankMessage} />
    </>
  )
}
