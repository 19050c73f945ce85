/** The headers of a change: which attempt it is, and which version of the record was seen. */
export const once = (key: string) => ({ 'idempotency-key': key })
export const onVersion = (key: string, etag: string) => ({ 'idempotency-key': key, 'if-match': `"${etag}"` })
