/** A small generator of chance that gives the same sequence for the same seed, on every machine. */
export interface Random {
  /** A whole number from 0 to n − 1. */
  below(n: number): number
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number
  /** True so many times in a hundred. */
  chance(percent: number): boolean
  pick<T>(options: readonly [T, ...T[]]): T
  /** One of the options, as often as its weight says. */
  weighted<T>(options: readonly [readonly [weight: number, option: T], ...(readonly [number, T])[]]): T
  shuffle<T>(items: readonly T[]): T[]
}

/** FNV-1a over the seed's text, so that a seed may be made of words: `random(1, 'loan', 17)`. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  }
  return state >>> 0
}

/** Mulberry32: 32 bits of state are plenty for a story, and fit in integer arithmetic. */
export function random(...seed: readonly (string | number)[]): Random {
  let state = hash(seed.join('\u0000'))
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (n: number) => {
    if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`nothing can be chosen below ${n}`)
    return next() % n
  }
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: percent => below(100) < percent,
    pick: options => options[below(options.length)] ?? options[0],
    weighted(options) {
      let left = below(options.reduce((total, [weight]) => total + weight, 0))
      for (const [weight, option] of options) {
        if (left < weight) return option
        left -= weight
      }
      return options[0][1]
    },
    shuffle(items) {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = below(last + 1)
        const [one, two] = [shuffled[last], shuffled[other]]
        if (one !== undefined && two !== undefined) [shuffled[last], shuffled[other]] = [two, one]
      }
      return shuffled
    },
  }
}
