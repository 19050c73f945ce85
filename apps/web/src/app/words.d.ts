import type { Language } from './languages.ts'

/** Keys are checked when compiled: a word that no file has does not build. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      audit: typeof import('../locales/zh/audit.json')
      bank: typeof import('../locales/zh/bank.json')
      batches: typeof import('../locales/zh/batches.json')
      claims: typeof import('../locales/zh/claims.json')
      common: typeof import('../locales/zh/common.json')
      developers: typeof import('../locales/zh/developers.json')
      discrepancies: typeof import('../locales/zh/discrepancies.json')
      enterprise: typeof import('../locales/zh/enterprise.json')
      explanation: typeof import('../locales/zh/explanation.json')
      filings: typeof import('../locales/zh/filings.json')
      ledger: typeof import('../locales/zh/ledger.json')
      notices: typeof import('../locales/zh/notices.json')
      policy: typeof import('../locales/zh/policy.json')
      programme: typeof import('../locales/zh/programme.json')
      public: typeof import('../locales/zh/public.json')
      registry: typeof import('../locales/zh/registry.json')
      table: typeof import('../locales/zh/table.json')
    }
    returnNull: false
    supportedLanguages: Language
  }
}
