/** Content of an element: other elements already written, or text that is escaped here. */
type XmlContent = readonly XmlElementText[] | string

/** An element as it stands in a file; only `element` makes one, so text can never pass for markup. */
export interface XmlElementText {
  readonly xml: string
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}
/** Characters that XML 1.0 has no way to write at all. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** Text as XML 1.0 writes it; a character that XML cannot carry becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(UNWRITABLE, '\u{FFFD}')
    .replace(/[&<>"\r]/g, sign => ESCAPES[sign] ?? sign)
}

export function element(
  name: string,
  content: XmlContent,
  attributes: Readonly<Record<string, string>> = {},
): XmlElementText {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
  const inner = typeof content === 'string' ? escapeXml(content) : content.map(({ xml }) => xml).join('')
  return { xml: `<${name}${written.join('')}>${inner}</${name}>` }
}

/** A whole file in UTF-8. */
export function xmlFile(root: XmlElementText): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`
}
