import { isScalar, type ScalarType, type Type } from '../value/type.ts'

/**
 * How a value is held while generated code runs.
 * - `exact`: a count of 10^-scale; a JavaScript number while it is a safe integer, else a bigint, never both for one value
 * - `decimal`: a Decimal of 34 digits
 * - `date`: days since 1970-01-01
 * Durations are amounts, `exact` or `decimal`: seconds, or months.
 */
export type Held = 'exact' | 'decimal' | 'text' | 'boolean' | 'date'

/** A number below 10^int in amount with `scale` decimal places. */
export interface Shape {
  readonly int: number
  readonly scale: number
}

export const NO_SHAPE: Shape = { int: 0, scale: 0 }

/** An expression in JavaScript with what is known about its value. */
export interface Code {
  /** Can stand as an operand. */
  readonly text: string
  readonly held: Held
  readonly nullable: boolean
  /** Of an exact number: the scale is its representation, the digits bound it. */
  readonly shape: Shape
  /** A name or a literal: repeating it repeats no work. */
  readonly atom: boolean
}

/** Digits a JavaScript number holds whatever they are. */
export const SAFE_DIGITS = 15

export function isSafe({ shape }: Code): boolean {
  return shape.int + shape.scale <= SAFE_DIGITS
}

export function heldAs(type: ScalarType): Held {
  if (type === 'string') return 'text'
  return type === 'boolean' || type === 'date' ? type : 'decimal'
}

/** Of what is never there a text does as well as anything. */
export function heldOf(type: Type): Held {
  return isScalar(type) ? heldAs(type) : 'text'
}

export function nullCode(held: Held): Code {
  return { text: 'null', held, nullable: true, shape: NO_SHAPE, atom: true }
}

/** Days since 1970-01-01; null where the date is not known, or lies beyond what every reading can hold. */
export function dateCode(text: string): Code {
  return { text, held: 'date', nullable: true, shape: { int: 7, scale: 0 }, atom: false }
}
