import type { Shape } from '../fragment.ts'

const BIGINT_DIGITS = 18

/** The narrowest type that holds any count of the shape. */
export function typeOf({ int, scale }: Shape): 'bigint' | 'hugeint' {
  return int + scale <= BIGINT_DIGITS ? 'bigint' : 'hugeint'
}
