import type { OrderOperator } from '../node/node.ts'

/** What `compareValues` must say for a comparison to hold. */
export const ORDER: Record<OrderOperator, (order: number) => boolean> = {
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
}
