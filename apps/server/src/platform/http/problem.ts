import { z } from 'zod'
import { DomainError, type Language } from '../errors.ts'
import { refusalInWords } from '../permission-words.ts'
import type { Permission, Role } from '../permissions.ts'

/** A problem document (RFC 9457) in the caller's language, with a code that programs can rely on. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  value: z.unknown().optional(),
  where: z.string().optional(),
  request_id: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8'

export function problemOf(error: DomainError, language: Language, requestId: string): Problem {
  return {
    type: `/docs/errors#${error.code}`,
    title: error.code,
    status: error.status,
    code: error.code,
    detail: error.sentence(language),
    ...(error.value === undefined ? {} : { value: printable(error.value) }),
    ...(error.where === undefined ? {} : { where: error.where }),
    request_id: requestId,
  }
}

function printable(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

/** The language a request asks for; Chinese where it does not say. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return acceptLanguage !== undefined && /^\s*en\b/i.test(acceptLanguage) ? 'en' : 'zh'
}

export const notSignedIn = () =>
  new DomainError({
    code: 'auth.not-signed-in',
    status: 401,
    zh: '请先登录。',
    en: 'Please sign in first.',
  })

export const secondFactorRequired = () =>
  new DomainError({
    code: 'auth.second-factor-required',
    status: 403,
    zh: '工作人员须先启用第二因素（动态口令）才能办理业务。',
    en: 'Staff need a second factor before they can work: enrol an authenticator first.',
  })

export const forbidden = (permission: Permission, role: Role) =>
  new DomainError({
    code: 'auth.forbidden',
    status: 403,
    value: permission,
    ...refusalInWords(permission, role),
  })

export const foreignOrigin = (origin: string) =>
  new DomainError({
    code: 'auth.foreign-origin',
    status: 403,
    value: origin,
    zh: '请求来自其他网站的页面，已拒绝。',
    en: 'The request came from a page of another site and was refused.',
  })

/** What is not there and what one may not see look alike. */
export const notFound = (what: { zh: string; en: string }, value: string) =>
  new DomainError({
    code: 'not-found',
    status: 404,
    value,
    zh: `没有找到${what.zh}“${value}”。`,
    en: `No ${what.en} "${value}" was found.`,
  })

/** A number that no record can have, as one that no record has. */
export const noSuchRecord = (number: string) =>
  new DomainError({
    code: 'not-found',
    status: 404,
    value: number,
    zh: `没有“${number}”这条记录：地址不完整或写错了，请从列表中重新打开。`,
    en: `There is no record "${number}": the address is incomplete or mistyped. Open the record from its list.`,
  })

export function malformedRequest(where: string, message: string): DomainError {
  return new DomainError({
    code: 'request.malformed',
    status: 400,
    where,
    value: message,
    zh: `请求中的 ${where || '内容'} 不符合要求：${message}`,
    en: `The request's ${where || 'content'} is not as it should be: ${message}`,
  })
}
