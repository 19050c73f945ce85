const YES = ['是', '在', 'yes', 'y', 'true', '1', '√']
const NO = ['否', '不在', 'no', 'n', 'false', '0', '×']

/** An answer as sheets write it; undefined where it is none. */
export function readYesNo(text: string): boolean | undefined {
  const word = text.normalize('NFKC').trim().toLowerCase()
  if (YES.includes(word)) return true
  return NO.includes(word) ? false : undefined
}
