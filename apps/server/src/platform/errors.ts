/** The languages that Millrace speaks: simplified Chinese first, English complete. */
export type Language = 'zh' | 'en'

export interface DomainErrorDetails {
  /** Stable, dotted, lower case: `bank.signature-invalid`. Programs rely on it. */
  readonly code: string
  /** The value that was refused, as it was sent. */
  readonly value?: unknown
  /** Where it stands: a field, a column, a line. */
  readonly where?: string
  /** What is wrong and what to do, for the person who sent it. */
  readonly zh: string
  readonly en: string
  /** The HTTP status that fits; 422 where nothing more exact is said. */
  readonly status?: number
}

/** A refusal that its sender can understand and act on. Everything else that is thrown is a fault of ours. */
export class DomainError extends Error {
  readonly code: string
  readonly value: unknown
  readonly where: string | undefined
  readonly zh: string
  readonly en: string
  readonly status: number

  constructor(details: DomainErrorDetails) {
    super(details.en)
    this.name = 'DomainError'
    this.code = details.code
    this.value = details.value
    this.where = details.where
    this.zh = details.zh
    this.en = details.en
    this.status = details.status ?? 422
  }

  /** The sentence in the reader's language. */
  sentence(language: Language): string {
    return language === 'zh' ? this.zh : this.en
  }
}
