/** Every address of the client, built in one place; segments are encoded here and nowhere else. */
const segment = encodeURIComponent

export const paths = {
  front: () => '/',
  signIn: (next?: string) => (next ? `/sign-in?next=${segment(next)}` : '/sign-in'),
  developers: () => '/developers',
  notices: () => '/notices',
  notice: (id: string) => `/notices/${segment(id)}`,
  objection: (reference: string) => `/objections/${segment(reference)}`,

  programme: () => '/office',
  claims: () => '/office/claims',
  claim: (id: string) => `/office/claims/${segment(id)}`,
  batches: () => '/office/batches',
  batch: (id: string) => `/office/batches/${segment(id)}`,
  treasury: () => '/office/treasury',
  discrepancies: () => '/office/discrepancies',
  organisations: () => '/office/organisations',
  organisation: (creditCode: string) => `/office/organisations/${segment(creditCode)}`,
  importOrganisations: () => '/office/import',
  filings: () => '/office/filings',
  filing: (id: string) => `/office/filings/${segment(id)}`,
  importFilings: () => '/office/import-filings',
  bankMessages: () => '/office/bank-messages',
  bankMessage: (id: string) => `/office/bank-messages/${segment(id)}`,
  ledger: () => '/office/ledger',
  policies: () => '/office/policies',
  policy: (policy: string) => `/office/policies/${segment(policy)}`,
  audit: () => '/office/audit',

  enterprise: () => '/enterprise',
  enterpriseClaim: (id: string) => `/enterprise/claims/${segment(id)}`,
  payments: () => '/enterprise/payments',
  payeeAccount: () => '/enterprise/account',

  bank: () => '/bank',
  ownMessage: (id: string) => `/bank/messages/${segment(id)}`,
  bankDiscrepancies: () => '/bank/discrepancies',
} as const
