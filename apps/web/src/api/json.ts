import type { paths } from './schema.generated.ts'

/** The content of the answer to a GET, from the generated types. */
export type Json<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Content } } } }
}
  ? Content
  : never
