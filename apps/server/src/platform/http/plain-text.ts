import { z } from 'zod'

// Characters that are not text: what a terminal obeys, what a database refuses, what turns the reading direction.
const NOT_TEXT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are taken out
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]/gu

/** Words that somebody wrote, as text and nothing else: line breaks stay, control and direction marks are taken out. */
export function plainText(least: number, most: number) {
  return z
    .string()
    .max(most * 2)
    .overwrite(text => text.replaceAll('\r\n', '\n').replace(NOT_TEXT, '').normalize('NFC').trim())
    .min(least)
    .max(most)
}
