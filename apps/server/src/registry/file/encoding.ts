import { isAscii, isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { DomainError } from '../../platform/errors.ts'

export type FileForm =
  | { readonly kind: 'csv'; readonly encoding: 'utf-8' | 'gb18030' }
  | { readonly kind: 'xlsx' }

const HEAD_BYTES = 256 * 1024

/**
 * Tells what a file is by its bytes, not by its name: a sheet, or text in UTF-8 (with or without a mark) or
 * GB18030. Text whose first non-ASCII bytes are UTF-8 is UTF-8; single broken bytes further on are the row's fault.
 *
 * @throws DomainError `import.file-empty`, `import.file-old-sheet`, `import.file-utf16`, `import.file-binary`,
 *   `import.file-unreadable`
 */
export async function detectForm(path: string): Promise<FileForm> {
  const file = await open(path).catch(error => {
    throw unreadable(path, error)
  })
  try {
    const buffer = Buffer.alloc(HEAD_BYTES)
    const { bytesRead } = await file.read(buffer, 0, HEAD_BYTES, 0).catch(error => {
      throw unreadable(path, error)
    })
    const head = buffer.subarray(0, bytesRead)
    const form = formOfHead(head)
    if (form) return form
    for (let position = bytesRead; ; ) {
      const { bytesRead: more } = await file.read(buffer, 0, HEAD_BYTES, position)
      if (more === 0) return { kind: 'csv', encoding: 'utf-8' }
      const chunk = buffer.subarray(0, more)
      if (!isAscii(chunk)) return { kind: 'csv', encoding: looksLikeUtf8(chunk) ? 'utf-8' : 'gb18030' }
      position += more
    }
  } finally {
    await file.close()
  }
}

/** @returns undefined when the head is plain ASCII and says nothing about the rest */
function formOfHead(head: Buffer): FileForm | undefined {
  if (head.length === 0) throw empty()
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return { kind: 'xlsx' }
  if (head.subarray(0, 4).toString('hex') === 'd0cf11e0') throw oldSheet()
  const mark = head.subarray(0, 3).toString('hex')
  if (mark === 'efbbbf') return { kind: 'csv', encoding: 'utf-8' }
  if (mark.startsWith('fffe') || mark.startsWith('feff')) throw utf16()
  if (isBinary(head)) throw binary()
  if (head.every(byte => byte === 10 || byte === 13 || byte === 32)) throw empty()
  if (isAscii(head)) return undefined
  return { kind: 'csv', encoding: looksLikeUtf8(head) ? 'utf-8' : 'gb18030' }
}

/** A stray NUL is the row's fault; a heading with one, or many of them, is no text. */
function isBinary(head: Buffer): boolean {
  const firstNul = head.indexOf(0)
  if (firstNul < 0) return false
  const firstLine = head.indexOf(10)
  if (firstLine < 0 || firstNul < firstLine) return true
  let nuls = 0
  for (let at = firstNul; at >= 0; at = head.indexOf(0, at + 1)) nuls++
  return nuls > Math.max(2, head.length / 200)
}

/** The first line that is not ASCII decides: a header in Chinese, as a rule. */
function looksLikeUtf8(bytes: Buffer): boolean {
  const first = bytes.findIndex(byte => byte > 127)
  const start = bytes.lastIndexOf(10, first) + 1
  const end = bytes.indexOf(10, first)
  if (end >= 0) return isUtf8(bytes.subarray(start, end))
  // The line is longer than the head: its last character may be cut.
  for (let cut = 0; cut < 4; cut++) if (isUtf8(bytes.subarray(start, bytes.length - cut))) return true
  return false
}

function unreadable(path: string, error: unknown): DomainError {
  return new DomainError({
    code: 'import.file-unreadable',
    value: path,
    zh: `文件“${path}”打不开（${String(error)}）：请检查路径和权限。`,
    en: `The file "${path}" cannot be opened (${String(error)}): check the path and your rights.`,
  })
}

const empty = () =>
  new DomainError({
    code: 'import.file-empty',
    zh: '文件是空的：第一行应是列名，其下每行一家单位。',
    en: 'The file is empty: the first line should name the columns, with one organisation on each line below.',
  })

const oldSheet = () =>
  new DomainError({
    code: 'import.file-old-sheet',
    zh: '这是旧版 Excel 文件（.xls）：请用 Excel 或 WPS 另存为 .xlsx 或 CSV 后再导入。',
    en: 'This is a sheet of the old form (.xls): save it as .xlsx or CSV and import that.',
  })

const utf16 = () =>
  new DomainError({
    code: 'import.file-utf16',
    zh: '文件是 UTF-16 编码：请另存为“CSV UTF-8”或 .xlsx 后再导入。',
    en: 'The file is in UTF-16: save it as "CSV UTF-8" or .xlsx and import that.',
  })

const binary = () =>
  new DomainError({
    code: 'import.file-binary',
    zh: '这不是 CSV，也不是 Excel 表：请选择 CSV（UTF-8 或 GB18030）或 .xlsx 文件。',
    en: 'This is neither CSV nor a sheet: choose a CSV file (UTF-8 or GB18030) or an .xlsx file.',
  })
