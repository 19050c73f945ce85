import i18next, { type CustomTypeOptions } from 'i18next'
import { initReactI18next } from 'react-i18next'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const REMEMBERED = 'millrace.language'
const TAG: Record<Language, string> = { zh: 'zh-CN', en: 'en' }

// A page brings the words it needs: one file a language and namespace, loaded when first used.
const files = import.meta.glob<{ default: object }>('../locales/*/*.json')

/** The first language is the one chosen before, then the browser's, then Chinese. */
export async function startLanguages(): Promise<void> {
  i18next.on('languageChanged', language => {
    document.documentElement.lang = TAG[asLanguage(language)]
  })
  await i18next
    .use({
      type: 'backend' as const,
      read(language: string, namespace: string, done: (error: Error | null, words: object | false) => void) {
        const load = files[`../locales/${language}/${namespace}.json`]
        if (!load) return done(new Error(`No words for ${language}/${namespace}`), false)
        load().then(
          file => done(null, file.default),
          error => done(error, false),
        )
      },
    })
    .use(initReactI18next)
    .init({
      lng: rememberedLanguage(),
      supportedLngs: LANGUAGES,
      fallbackLng: false,
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
    })
}

/** The files of words, by the names that words.d.ts has. */
export type Namespace = keyof CustomTypeOptions['resources']

export async function loadWords(namespaces: readonly Namespace[]): Promise<void> {
  await i18next.loadNamespaces([...namespaces])
}

export async function chooseLanguage(language: Language): Promise<void> {
  remember(language)
  await i18next.changeLanguage(language)
}

export function currentLanguage(): Language {
  return asLanguage(i18next.language)
}

function rememberedLanguage(): Language {
  try {
    const remembered = localStorage.getItem(REMEMBERED)
    if (remembered) return asLanguage(remembered)
  } catch {
    // A browser that forbids storage still gets a language.
  }
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

function remember(language: Language): void {
  try {
    localStorage.setItem(REMEMBERED, language)
  } catch {
    // Then the choice holds until the page is closed.
  }
}

function asLanguage(value: string): Language {
  return value === 'en' ? 'en' : 'zh'
}
