import type { Language } from './languages.ts'

/** Keys are checked when compiled: a word that no file has does not build. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      common: typeof import('../locales/zh/common.json')
      developers: typeof import('../locales/zh/developers.json')
      public: typeof import('../locales/zh/public.json')
      table: typeof import('../locales/zh/table.json')
    }
    returnNull: false
    supportedLanguages: Language
  }
}
