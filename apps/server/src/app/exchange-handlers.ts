import type { ExchangeHandlers } from '../exchange/index.ts'
import { getPaymentFile, listPaymentBatches, receiveReceipt } from '../funds/index.ts'
import { applyPaymentOutcomes, bankMessageHandler } from '../lending/index.ts'

/** Who does something with what banks and the treasury send. */
export const EXCHANGE_HANDLERS: ExchangeHandlers = {
  messages: [bankMessageHandler],
  treasury: {
    listPaymentBatches,
    getPaymentFile,
    receiveReceipt: async (tx, { xml, businessDate, keyId }) => {
      const actor = { name: `treasury:${keyId}`, role: 'system' } as const
      const received = await receiveReceipt(tx, { xml, businessDate, actor })
      await applyPaymentOutcomes(tx, received.changes)
      return received
    },
  },
}
