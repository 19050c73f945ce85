import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../platform/errors.ts'

export interface UploadedFile {
  readonly path: string
  /** What it is called where it came from. */
  readonly fileName: string
}

const uploads = new WeakMap<FastifyRequest, UploadedFile & { readonly folder: string }>()

/**
 * Saves the file that a request of these routes uploads before its handler begins, in a folder that goes when the
 * answer is given. A handler that is one transaction can then be run again, and does not wait for a slow line; the
 * request's body is the file's name and hash, so that an attempt with another file is told from a repeated one.
 */
export function saveUploads(http: FastifyInstance): void {
  http.addHook('preHandler', async request => {
    if (request.method !== 'POST') return
    const upload = request.isMultipart() ? await request.file() : undefined
    if (!upload) throw noFile()
    const folder = await mkdtemp(join(tmpdir(), 'millrace-import-'))
    const path = join(folder, 'upload')
    const fileName = upload.filename.slice(0, 200)
    uploads.set(request, { path, fileName, folder })
    const hash = createHash('sha256')
    const hashing = new Transform({
      transform(bytes: Buffer, _, done) {
        hash.update(bytes)
        done(null, bytes)
      },
    })
    await pipeline(upload.file, hashing, createWriteStream(path))
    if (upload.file.truncated) throw tooLarge(upload.filename)
    request.body = { file_name: fileName, sha256: hash.digest('hex') }
  })
  http.addHook('onResponse', async request => {
    const upload = uploads.get(request)
    if (upload) await rm(upload.folder, { recursive: true, force: true })
  })
  // A connection that breaks gets no response.
  http.addHook('onRequestAbort', async request => {
    const upload = uploads.get(request)
    if (upload) await rm(upload.folder, { recursive: true, force: true })
  })
}

/** @throws DomainError `import.no-file` */
export function uploadedFile(request: FastifyRequest): UploadedFile {
  const upload = uploads.get(request)
  if (!upload) throw noFile()
  return upload
}

const noFile = () =>
  new DomainError({
    code: 'import.no-file',
    status: 400,
    zh: '请求中没有文件：请以表单（multipart/form-data）上传一个 CSV 或 .xlsx 文件。',
    en: 'The request carries no file: upload one CSV or .xlsx file as a form (multipart/form-data).',
  })

const tooLarge = (name: string) =>
  new DomainError({
    code: 'import.file-too-large',
    status: 413,
    value: name,
    zh: '文件超过 1 GB：请拆分后上传，或在服务器上用命令行导入。',
    en: 'The file is larger than 1 GB: split it, or import it on the server from the command line.',
  })
