import createClient from 'openapi-fetch'
import { currentLanguage } from '../app/languages.ts'
import { ProblemError, problemFrom } from './problem.ts'
import type { paths } from './schema.generated.ts'

/** The typed client of /api/v1: its types are generated from the server's OpenAPI document (npm run api-types). */
export const api = createClient<paths>({ baseUrl: '/' })

api.use({
  onRequest({ request }) {
    request.headers.set('accept-language', currentLanguage())
    return request
  },
})

interface Call<T> {
  readonly data?: T
  readonly error?: unknown
  readonly response: Response
}

/**
 * The content of an answer.
 *
 * @throws ProblemError when the server refused
 */
export async function answerOf<T>(call: Promise<Call<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw new ProblemError(problemFrom(response.status, error))
  return data as T
}
