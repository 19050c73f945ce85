import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DOORS, type Export } from './doors.ts'

/** A piece of code a reader may copy. */
export interface Example {
  readonly name: string
  readonly code: string
}

/** What an example takes as given: the file, or a second one. */
const GIVEN = { xml: 'string', ratesXml: 'string', model: 'Model' } as const

/** The examples of the doc comments, each with the imports its reader would write. */
export function documented(all: readonly Export[]): readonly Example[] {
  return all.flatMap(({ name, tags }) =>
    tags
      .filter(tag => tag.name === 'example')
      .map((tag, i) => ({ name: i === 0 ? name : `${name} ${i + 1}`, code: withImports(tag.text, all) })),
  )
}

/** The TypeScript blocks of a page; a later one may use what an earlier one declares, so they are one text. */
export function blocksOf(page: string): Example {
  const text = readFileSync(join(import.meta.dirname, '..', page), 'utf8')
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
  return { name: page, code: blocks.join('\n') }
}

function withImports(code: string, all: readonly Export[]): string {
  const imports = DOORS.flatMap(door => {
    const used = all.filter(
      each => each.door === door.name && each.kind !== 'type' && new RegExp(`\\b${each.name}\\b`).test(code),
    )
    return used.length === 0
      ? []
      : [`import { ${used.map(({ name }) => name).join(', ')} } from '${door.name}'`]
  })
  return [...imports, code].join('\n')
}

/**
 * An example as a module: what it takes as given comes before it, and the doors are named by `address`.
 *
 * @param values  code that gives `xml`, `ratesXml` and `model`, for those the example does not declare itself
 */
export function moduleOf(
  { code }: Example,
  values: Readonly<Record<keyof typeof GIVEN, string>>,
  address: (door: string) => string,
): string {
  const given = Object.entries(GIVEN).flatMap(([name, type]) => {
    const isDeclared = new RegExp(`\\b(const|let) (${name}\\b|[[{][^=}\\]]*\\b${name}\\b)`).test(code)
    return isDeclared || !new RegExp(`\\b${name}\\b`).test(code)
      ? []
      : [`const ${name}: ${type} = ${values[name as keyof typeof GIVEN]}`]
  })
  const text = [
    "import type { Model } from '@millrace/dmn'",
    "import { readModel as readExample } from '@millrace/dmn'",
    ...given,
    code,
    'export type Used = [Model, typeof readExample]',
  ].join('\n')
  return text.replaceAll(/from '(@millrace\/dmn[^']*)'/g, (_, door: string) => `from '${address(door)}'`)
}
