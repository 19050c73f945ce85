import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * What a browser loads of script, compressed, before a public page stands: the entry, what it imports, and the
 * page with what that imports. Fails above the limit. `node apps/web/scripts/first-load.ts`, after `npm run build`.
 */
const LIMIT_BYTES = 200_000
const PUBLIC_PAGES = [
  'src/pages/front.tsx',
  'src/pages/sign-in.tsx',
  'src/pages/developers.tsx',
  'src/pages/notices.tsx',
  'src/pages/notice.tsx',
]
const WORDS = ['src/locales/zh/common.json', 'src/locales/zh/public.json']
const DIST = join(import.meta.dirname, '../dist')

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8'))

let tooLarge = false
for (const page of PUBLIC_PAGES) {
  const files = new Set<string>()
  for (const start of ['index.html', page, ...WORDS]) follow(start, files)
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).byteLength, 0)
  tooLarge ||= bytes > LIMIT_BYTES
  process.stdout.write(`${page}: ${bytes} bytes of script compressed in ${files.size} files\n`)
}
if (tooLarge) {
  process.stderr.write(`A public page loads more than ${LIMIT_BYTES} bytes of script.\n`)
  process.exitCode = 1
}

function follow(name: string, files: Set<string>): void {
  const chunk = manifest[name]
  if (!chunk) throw new Error(`The manifest does not know ${name}`)
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const each of chunk.imports ?? []) follow(each, files)
}
