import { paths } from '../../app/paths.ts'
import { MessageView } from '../../components/bank/message-view.tsx'

export function BankMessagePage() {
  return <MessageView back={paths.bankMessages()} />
}
