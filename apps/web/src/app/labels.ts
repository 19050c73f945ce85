import { currentLanguage } from './languages.ts'

/** A name that the server gives in both languages. */
export interface Label {
  readonly zh: string
  readonly en: string
}

export function inLanguage(label: Label): string {
  return label[currentLanguage()]
}
