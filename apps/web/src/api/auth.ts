import { currentLanguage } from '../app/languages.ts'
import { ProblemError, problemFrom } from './problem.ts'

/** Sign-in is better-auth's own interface under /api/auth, which the OpenAPI document does not describe. */
async function post(path: string, body: object): Promise<unknown> {
  const answer = await fetch(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': currentLanguage() },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  const content: unknown = text === '' ? null : JSON.parse(text)
  if (!answer.ok) throw new ProblemError(problemFrom(answer.status, content))
  return content
}

/** @returns true when a code of the second factor is asked for next */
export async function signIn(email: string, password: string): Promise<boolean> {
  const content = await post('/sign-in/email', { email, password })
  return (
    typeof content === 'object' &&
    content !== null &&
    'twoFactorRedirect' in content &&
    content.twoFactorRedirect === true
  )
}

export async function verifyCode(code: string): Promise<void> {
  await post('/two-factor/verify-totp', { code })
}

export async function signOut(): Promise<void> {
  await post('/sign-out', {})
}
