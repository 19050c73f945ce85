#!/usr/bin/env node
// Plain JavaScript that any Node can read: where Node is too old to run TypeScript as it stands,
// the binary of the `node` package takes over.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = new URL('../src/main.ts', import.meta.url)

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main.href)
} else {
  const packageFolder = dirname(createRequire(import.meta.url).resolve('node/package.json'))
  const binary = join(packageFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const child = spawn(binary, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', error => {
    console.error(`millrace: Node 24 or later is needed, and ${binary} does not start: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1)
  })
}
