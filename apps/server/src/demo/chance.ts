import { createHash } from 'node:crypto'

/** Chance that comes out the same for the same seed, on every machine. */
export interface Chance {
  /** A whole number from 0 to n − 1. */
  below(n: number): number
  /** A whole number from least to most, both possible. */
  between(least: number, most: number): number
  /** True so many times in a thousand. */
  permille(times: number): boolean
  pick<T>(options: readonly T[]): T
  /** One of the options, as often as its weight says. */
  weighted<T>(options: readonly (readonly [weight: number, option: T])[]): T
}

/** @param seed words and numbers that name what is being drawn, so that one draw more elsewhere changes nothing here */
export function chanceOf(...seed: readonly (string | number)[]): Chance {
  let [a = 0, b = 0, c = 0, d = 0] = new Uint32Array(digest(seed).buffer)
  // sfc32: four words of state, passes PractRand; Chris Doty-Humphrey, public domain.
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return t >>> 0
  }
  const below = (n: number) => next() % n
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    permille: times => below(1000) < times,
    pick: options => at(options, below(options.length)),
    weighted(options) {
      let left = below(options.reduce((total, [weight]) => total + weight, 0))
      const found = options.find(([weight]) => {
        left -= weight
        return left < 0
      })
      return (found ?? at(options, 0))[1]
    },
  }
}

function digest(seed: readonly (string | number)[]): Uint8Array {
  return new Uint8Array(createHash('sha256').update(JSON.stringify(seed)).digest())
}

function at<T>(options: readonly T[], index: number): T {
  const option = options[index]
  if (option === undefined) throw new RangeError('there is nothing to choose from')
  return option
}
