/** The states of an organisation in the register. Source: GB/T 36104-2018 */
export const STATUSES = ['存续', '吊销', '注销', '撤销', '迁出', '停业'] as const
export type Status = (typeof STATUSES)[number]

/** How registers word each state, longest and most exact first. */
const WORDINGS: readonly [wording: RegExp, status: Status][] = [
  [/吊销[,，、(（ ]*未注销/, '吊销'],
  [/注销/, '注销'],
  [/吊销/, '吊销'],
  [/撤销/, '撤销'],
  [/迁出/, '迁出'],
  [/停业|歇业/, '停业'],
  [/存续|在业|在营|开业|在册|正常/, '存续'],
]

/**
 * Reads a state as registers word it: `存续（在营、开业、在册）` and `开业` are both 存续; `吊销,已注销` is 注销,
 * the later of the two.
 *
 * @returns undefined when the wording is not known
 */
export function findStatus(text: string): Status | undefined {
  return WORDINGS.find(([wording]) => wording.test(text))?.[1]
}
