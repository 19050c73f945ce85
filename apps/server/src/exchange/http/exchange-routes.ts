import type { App } from '../../platform/http/index.ts'
import type { MessageHandler } from '../messages/message.ts'
import { bankRoutes } from './bank-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { type TreasuryHandler, treasuryRoutes } from './treasury-routes.ts'

/** Those on upper floors who do something with what arrives: registered when the server is composed. */
export interface ExchangeHandlers {
  readonly messages: readonly MessageHandler[]
  readonly treasury: TreasuryHandler
}

/** Everything that banks and the treasury ask for, and what people see of it. */
export function exchangeRoutes(app: App, handlers: ExchangeHandlers): void {
  bankRoutes(app, handlers.messages)
  treasuryRoutes(app, handlers.treasury)
  sessionRoutes(app)
}
