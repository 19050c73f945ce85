import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { DOORS } from './doors.ts'

const PACKAGE = join(import.meta.dirname, '..')
const COMPILER = join(PACKAGE, '../../node_modules/typescript-7/bin/tsc')
const PAGES = ['README.md', 'SEMANTICS.md', 'API.md']

/**
 * Writes the package as it is published: JavaScript with its types instead of TypeScript, which Node does not run in
 * `node_modules`. The folder is emptied first.
 *
 * @throws Error when the sources do not compile
 */
export function buildPackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const compile = spawnSync(process.execPath, [
    COMPILER,
    '-p',
    join(PACKAGE, 'tsconfig.build.json'),
    '--outDir',
    folder,
  ])
  if (compile.status !== 0) throw new Error(String(compile.stdout))
  const own = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published(own), null, 2)}\n`)
  for (const page of PAGES) copyFileSync(join(PACKAGE, page), join(folder, page))
  copyFileSync(join(PACKAGE, '../../LICENSE'), join(folder, 'LICENSE'))
}

function published({ name, version, license, type, dependencies }: Record<string, unknown>) {
  const doors = DOORS.map(door => {
    const built = `./${relative(PACKAGE, dirname(door.file))}/index`
    return [door.name.replace('@millrace/dmn', '.'), { types: `${built}.d.ts`, default: `${built}.js` }]
  })
  return {
    name,
    version,
    license,
    type,
    description: 'DMN decisions that explain themselves, and run as one statement for everyone.',
    engines: { node: '>=22' },
    sideEffects: false,
    exports: Object.fromEntries(doors),
    bin: { 'millrace-dmn-types': './cli/types.js' },
    dependencies,
  }
}

if (import.meta.main) buildPackage(process.argv[2] ?? join(PACKAGE, 'dist'))
