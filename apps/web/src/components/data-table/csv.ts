/**
 * A CSV file (RFC 4180) that spreadsheet programs open as Chinese: UTF-8 with a byte order mark.
 * A text that a spreadsheet would run as a formula is kept a text by a leading apostrophe.
 */
export function csv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map(row => row.map(field).join(',')).join('\r\n')}\r\n`
}

function field(value: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.])/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
