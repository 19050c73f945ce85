import { queryOptions } from '@tanstack/react-query'
import { ProblemError, problemFrom } from './problem.ts'

/** What of an OpenAPI 3.1 document the page shows; everything else is left in the document itself. */
interface OpenApiDocument {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>
}

export interface OpenApiOperation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly schema?: unknown
  }[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> }
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> }>
  >
}

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly operation: OpenApiOperation
}

export const OPENAPI_ADDRESS = '/api/v1/openapi.json'

export const openApiQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: async (): Promise<OpenApiDocument> => {
    const answer = await fetch(OPENAPI_ADDRESS)
    const content: unknown = await answer.json()
    if (!answer.ok) throw new ProblemError(problemFrom(answer.status, content))
    return content as OpenApiDocument
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** Operations by tag, in the document's order. */
export function operationsByTag(document: OpenApiDocument): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? ''
      const group = groups.get(tag) ?? []
      group.push({ id: `${method}-${path}`, method: method.toUpperCase(), path, operation })
      groups.set(tag, group)
    }
  }
  return groups
}
