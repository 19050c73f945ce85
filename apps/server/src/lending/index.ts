import type { App } from '../platform/http/index.ts'
import { batchRoutes } from './routes/batches.ts'
import { claimRoutes } from './routes/claims.ts'
import { discrepancyRoutes } from './routes/discrepancies.ts'
import { enterpriseRoutes } from './routes/enterprise.ts'
import { filingRoutes } from './routes/filings.ts'
import { noticeRoutes } from './routes/notices.ts'
import { objectionRoutes } from './routes/objections.ts'
import { programmeRoutes } from './routes/programme.ts'
import { publicRoutes } from './routes/public.ts'

export { bankMessageHandler } from './apply-bank-messages.ts'
export { applyPaymentOutcomes } from './apply-payment-outcomes.ts'
export { explainClaim } from './claim-explanation.ts'
export { type DeterminationSummary, determineClaims } from './determine-claims.ts'
export { importFilings } from './filings/import-filings.ts'
export { noteOrganisationChangesTask } from './note-organisation-changes.ts'
export { publishFiguresTask } from './publish-figures.ts'
export { type ClaimDisagreement, verifyClaims } from './verify-claims.ts'

export function lendingRoutes(app: App): void {
  publicRoutes(app)
  programmeRoutes(app)
  claimRoutes(app)
  batchRoutes(app)
  discrepancyRoutes(app)
  filingRoutes(app)
  noticeRoutes(app)
  objectionRoutes(app)
  enterpriseRoutes(app)
}
