import type { Language } from './languages.ts'

/** Keys are checked when compiled: a word that no file has does not build. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      common: typeof import('../locales/zh/common.json')
      batches: typeof import('../locales/zh/batches.json')
      claims: typeof import('../locales/zh/claims.json')
      developers: typeof import('../locales/zh/developers.json')
      explanation: typeof import('../locales/zh/explanation.json')
      programme: typeof import('../locales/zh/programme.json')
      public: typeof import('../locales/zh/public.json')
      table: typeof import('../locales/zh/table.json')
    }
    returnNull: false
    supportedLanguages: Language
  }
}
