import { queryOptions } from '@tanstack/react-query'
import { currentLanguage } from '../app/languages.ts'
import { answerOf, api } from './client.ts'
import type { Json } from './json.ts'
import { ProblemError, problemFrom } from './problem.ts'

export type ImportResult = Json<'/api/v1/organisation-imports/{id}'>

/** What a file can be of: the last part of the address to which it is sent. */
export type ImportKind = 'organisation-imports' | 'filing-imports'

export const importsQuery = (kind: ImportKind) =>
  queryOptions({
    queryKey: ['imports', kind],
    queryFn: () => answerOf(api.GET(`/api/v1/${kind}`)),
  })

interface Upload {
  readonly kind: ImportKind
  /** Of this attempt: the same one again gives the first answer. */
  readonly key: string
  readonly file: File
  readonly dryRun: boolean
  /** The day on which the facts of the file were so. */
  readonly asOf: string
  onProgress(share: number): void
}

/** Uploads with progress, which fetch cannot tell. */
export function importFile({ kind, key, file, dryRun, asOf, onProgress }: Upload): Promise<ImportResult> {
  const query = new URLSearchParams({ dry_run: String(dryRun), ...(asOf === '' ? {} : { as_of: asOf }) })
  const form = new FormData()
  form.append('file', file)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/${kind}?${query}`)
    request.setRequestHeader('accept-language', currentLanguage())
    request.setRequestHeader('idempotency-key', key)
    request.responseType = 'json'
    request.upload.onprogress = event => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onload = () => {
      if (request.status === 200) resolve(request.response as ImportResult)
      else reject(new ProblemError(problemFrom(request.status, request.response)))
    }
    request.onerror = () => reject(new TypeError('connection lost'))
    request.send(form)
  })
}
