import { DOORS, type Export } from './doors.ts'

const ABOUT: Readonly<Record<string, string>> = {
  '@millrace/dmn':
    'Reads, checks, evaluates and explains. Needs nothing of Node, so it runs in a browser as it does on a server.',
  '@millrace/dmn/javascript':
    'Compiles decisions to one plain function. It makes that function with `new Function`, which a page may forbid.',
  '@millrace/dmn/sql': 'Compiles decisions to one set-based statement.',
}

/** The reference of the package as one page, from its doc comments. */
export function apiPage(all: readonly Export[]): string {
  const lines = [
    '# API of @millrace/dmn',
    '',
    'Written by `npm run api-docs` from the doc comments; `test/api-docs.test.ts` fails when it is stale. Every example is type-checked and run by the tests, on [examples.dmn](test/fixtures/examples.dmn).',
  ]
  for (const { name } of DOORS) {
    const exports = all.filter(each => each.door === name)
    lines.push('', `## ${name}`, '', ABOUT[name] ?? '')
    for (const each of exports.filter(({ kind }) => kind !== 'type')) lines.push(...sectionOf(each))
    const types = exports.filter(({ kind }) => kind === 'type')
    lines.push('', `### Types of ${name}`)
    for (const each of types) lines.push(...typeOf(each))
  }
  return `${lines.join('\n')}\n`
}

function sectionOf({ name, text, about, tags, kind }: Export): string[] {
  const lines = ['', `### ${name}`, '', ...paragraph(about), '```ts', text, '```']
  for (const tag of tags.filter(each => each.name === 'param')) {
    const [parameter = '', ...rest] = tag.text.split(/\s+/)
    lines.push('', `- \`${parameter}\`: ${rest.join(' ')}`)
  }
  for (const tag of tags) {
    if (tag.name === 'returns') lines.push('', `Returns ${oneLine(tag.text)}`)
    if (tag.name === 'throws') lines.push('', `${kind === 'class' ? '' : 'Throws '}${oneLine(tag.text)}`)
  }
  for (const tag of tags) if (tag.name === 'example') lines.push('', '```ts', tag.text, '```')
  return lines
}

function typeOf({ name, text, about }: Export): string[] {
  return ['', `#### ${name}`, '', ...paragraph(about), '```ts', text, '```']
}

function paragraph(about: string): string[] {
  return about === '' ? [] : [oneLine(about), '']
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim()
}
