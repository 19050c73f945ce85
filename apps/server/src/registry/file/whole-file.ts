import { stat } from 'node:fs/promises'
import { DomainError } from '../../platform/errors.ts'

/** For progress. */
export async function sizeOfFile(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch {
    // The reader says what is wrong with the file, better than a size can.
    return 0
  }
}

export function brokenHeading(text: string): DomainError {
  return new DomainError({
    code: 'import.heading-broken',
    value: text,
    where: '1',
    zh: '第一行（列名）的引号没有成对：请更正后再导入。',
    en: 'A quote in the first line, which names the columns, is not closed: correct it and import again.',
  })
}
