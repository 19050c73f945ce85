import type { Component, SignatureInput } from './signature-headers.ts'

/** The head of a request as it came over the wire, as far as signatures go. */
export interface RequestHead {
  readonly method: string
  /** Path and query as sent, percent-encoding untouched. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** A header that was sent once; one sent several times is joined as HTTP says, and then no longer parses. */
export function headerOf(head: RequestHead, name: string): string | undefined {
  const value = head.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** What a request must cover: the query where it has one, the key where it has one. */
export function requiredComponents(head: RequestHead): Component[] {
  return [
    '@method',
    '@path',
    ...(head.url.includes('?') ? (['@query'] as const) : []),
    'content-digest',
    ...(headerOf(head, 'idempotency-key') === undefined ? [] : (['idempotency-key'] as const)),
  ]
}

/**
 * The text that is signed. Source: RFC 9421, 2.5; @method 2.2.1, @path 2.2.6, @query 2.2.7.
 */
export function signatureBase(head: RequestHead, input: SignatureInput): string {
  const lines = input.components.map(component => `"${component}": ${componentValue(head, component)}`)
  return [...lines, `"@signature-params": ${input.parameters}`].join('\n')
}

function componentValue(head: RequestHead, component: Component): string {
  const mark = head.url.indexOf('?')
  switch (component) {
    case '@method':
      return head.method
    case '@path':
      return mark === -1 ? head.url : head.url.slice(0, mark)
    case '@query':
      return mark === -1 ? '?' : head.url.slice(mark)
    default:
      return headerOf(head, component) ?? ''
  }
}
