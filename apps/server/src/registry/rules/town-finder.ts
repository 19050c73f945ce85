import type { TownList } from '../towns.ts'

/** Where an address stands, as far as it says. */
export interface Place {
  /** The address names the city, or its register and nothing else does. */
  readonly inCity: boolean
  /** The town in force; a retired one is answered by what it became. */
  readonly townCode: string | undefined
}

/** What else a row says about where the organisation is. */
export interface PlaceHints {
  /** The row's own column for the city, as written; empty when the file has none. */
  readonly region: string
  /** GB/T 2260 code of the registrar. */
  readonly divisionCode: string | undefined
}

export type TownFinder = (address: string, hints: PlaceHints) => Place

/** What makes the word before it a street, a bridge or a building site's name rather than a town. */
const STREET = '(?:路|街(?!道)|大街|大道|道|巷|公路|国道|省道|大桥|桥|隧道|立交)'
const AFTER_FULL_NAME = new RegExp(`^(?:大|中|小)?${STREET}`)
/** A short name may also lend itself to a street by way of a side of the compass, a number or the like. */
const AFTER_SHORT_NAME = new RegExp(
  `^(?:东|西|南|北|中|上|下|前|后|内|外|新|老|旧|环|横|直|正|工业|大|小|第?[一二三四五六七八九十\\d]+)*${STREET}`,
)
const FULL_NAME = /(?:镇|街道|区|乡)$/

const OUTSIDE: Place = { inCity: false, townCode: undefined }

/**
 * Finds the town in addresses of one city. The town's name, an earlier name or a short one must stand right where
 * an address has its town: at the beginning, after the province and the city. A name further on is a street, a
 * village or a neighbour's building as often as not, and a name that a street bears (`港口路`) is not the town: such
 * addresses are left open, not guessed.
 */
export function createTownFinder(list: TownList, cityCode: string): TownFinder {
  const names = townNames(list)
  const initials = new Set(names.map(({ name }) => name.charAt(0)))
  const longestFirst = (a: string, b: string) => b.length - a.length
  const provinces = list.province_names.toSorted(longestFirst)
  const cities = list.city_names.toSorted(longestFirst)

  const townAt = (rest: string): string | undefined => {
    if (!initials.has(rest.charAt(0))) return undefined
    for (const { name, code, follow } of names) {
      if (rest.startsWith(name) && !follow.test(rest.slice(name.length, name.length + 12))) return code
    }
    return undefined
  }

  return (text, { region, divisionCode }) => {
    const address = /[\s\uff01-\uff5e]/.test(text) ? text.normalize('NFKC').replace(/\s/g, '') : text
    let rest = withoutPrefix(address, provinces)
    const named = rest !== withoutPrefix(rest, cities)
    if (!named) {
      const here = region === '' ? divisionCode === cityCode : cities.includes(region)
      if (!here) return OUTSIDE
    }
    // The city is sometimes named twice (广东省某市某开发区), and some towns begin with its name.
    for (let step = 0; step < 3; step++) {
      const townCode = townAt(rest)
      if (townCode !== undefined) return { inCity: true, townCode }
      const shorter = withoutPrefix(rest, cities)
      if (shorter === rest) break
      rest = shorter
    }
    return { inCity: true, townCode: undefined }
  }
}

interface TownName {
  readonly name: string
  /** The town in force that the name leads to. */
  readonly code: string
  /** What must not follow. */
  readonly follow: RegExp
}

function townNames(list: TownList): TownName[] {
  const byCode = new Map(list.towns.map(town => [town.code, town]))
  const inForce = (code: string): string => {
    let town = byCode.get(code)
    for (let step = 0; town?.successor_code && step < list.towns.length; step++) {
      town = byCode.get(town.successor_code)
    }
    return town?.code ?? code
  }
  return list.towns
    .flatMap(town =>
      [town.name, ...town.aliases].map(name => ({
        name,
        code: inForce(town.code),
        follow: FULL_NAME.test(name) ? AFTER_FULL_NAME : AFTER_SHORT_NAME,
      })),
    )
    .sort((a, b) => b.name.length - a.name.length)
}

function withoutPrefix(text: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find(candidate => text.startsWith(candidate))
  return prefix === undefined ? text : text.slice(prefix.length)
}
