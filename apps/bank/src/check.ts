import { isDate } from './calendar.ts'

/** Something in the world file is not as it should be; the message says where, and what belongs there. */
export class WorldError extends Error {
  readonly code = 'world.invalid'

  constructor(where: string, value: unknown, expected: string) {
    super(`${where} is ${describe(value)}; it should be ${expected}`)
    this.name = 'WorldError'
  }
}

/** Takes a value apart, or says what is wrong with it. */
export type Checked<T> = (value: unknown, where: string) => T

type Shape = Readonly<Record<string, Checked<unknown>>>
type Shaped<S extends Shape> = { readonly [K in keyof S]: ReturnType<S[K]> }

function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  const json = JSON.stringify(value) ?? String(value)
  return json.length > 60 ? `${json.slice(0, 60)}…` : json
}

/** A text that matches, and has something in it. */
function textLike(expected: string, matches: (value: string) => boolean): Checked<string> {
  return (value, where) => {
    if (typeof value !== 'string' || !matches(value)) throw new WorldError(where, value, expected)
    return value
  }
}

export const text = textLike('a text that is not empty', value => value.trim() !== '')
export const date = textLike('a date such as "2022-05-11"', isDate)
export const yuan = textLike('an amount in yuan such as "1000000.00"', value =>
  /^\d{1,13}(\.\d{1,2})?$/.test(value),
)
export const rate = textLike('a decimal such as "0.9"', value => /^\d(\.\d{1,9})?$/.test(value))

export const whole: Checked<number> = (value, where) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new WorldError(where, value, 'a whole number, 0 or more')
  }
  return value
}

export const yes: Checked<boolean> = (value, where) => {
  if (typeof value !== 'boolean') throw new WorldError(where, value, 'true or false')
  return value
}

export function choice<const T extends string>(...options: readonly T[]): Checked<T> {
  return (value, where) => {
    const chosen = options.find(option => option === value)
    if (chosen === undefined) throw new WorldError(where, value, `one of ${options.join(', ')}`)
    return chosen
  }
}

export function nullable<T>(inner: Checked<T>): Checked<T | null> {
  return (value, where) => (value === null ? null : inner(value, where))
}

export function optional<T>(inner: Checked<T>): Checked<T | undefined> {
  return (value, where) => (value === undefined ? undefined : inner(value, where))
}

/** @param atLeast how many entries the list must have */
export function list<T>(inner: Checked<T>, atLeast: number): Checked<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value) || value.length < atLeast) {
      throw new WorldError(where, value, `a list with ${atLeast} entries or more`)
    }
    return value.map((entry, index) => inner(entry, `${where}[${index}]`))
  }
}

export function object<S extends Shape>(shape: S): Checked<Shaped<S>> {
  return (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new WorldError(where, value, 'an object')
    }
    const fields = new Map<string, unknown>(Object.entries(value))
    const entries = Object.entries(shape).map(([key, inner]) => [
      key,
      inner(fields.get(key), `${where}.${key}`),
    ])
    return Object.fromEntries(entries)
  }
}
