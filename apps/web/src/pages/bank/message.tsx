import { paths } from '../../app/paths.ts'
import { MessageView } from '../../components/bank/message-view.tsx'

export function OwnMessagePage() {
  return <MessageView back={paths.bank()} />
}
