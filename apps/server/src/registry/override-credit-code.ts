import { actorName, recordAudit } from '../platform/audit.ts'
import { businessDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import type { Actor } from '../platform/permissions.ts'
import { checkCreditCode, normaliseCreditCode } from './rules/credit-code.ts'

export interface CreditCodeOverride {
  readonly creditCode: string
  readonly reason: string
  /** What proves that the code is real: the licence's number, a link to the public register, a file's name. */
  readonly evidence: string
  readonly actor: Actor
}

/**
 * Files the evidence that a code with a wrong check digit is real: some early codes are. Imports take it from then
 * on. Nothing else about a code can be overridden.
 *
 * @returns the normalised code
 * @throws DomainError `credit-code.sound`, `credit-code.not-overridable`, `credit-code.overridden-before`
 */
export async function overrideCreditCode(tx: Tx, request: CreditCodeOverride): Promise<string> {
  const code = normaliseCreditCode(request.creditCode)
  const { fault } = checkCreditCode(code)
  if (fault === undefined) throw sound(code)
  if (fault !== 'check-digit') throw notOverridable(code)
  const inserted = await tx
    .insertInto('credit_code_override')
    .values({
      credit_code: code,
      reason: request.reason,
      evidence: request.evidence,
      recorded_by: actorName(request.actor),
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) throw overriddenBefore(code)
  await recordAudit(tx, {
    actor: request.actor,
    businessDate: await businessDate(tx),
    action: 'credit-code.overridden',
    subjectKind: 'credit-code',
    subjectId: code,
    detail: { reason: request.reason, evidence: request.evidence },
  })
  return code
}

const sound = (value: string) =>
  new DomainError({
    code: 'credit-code.sound',
    value,
    where: 'credit_code',
    zh: `代码 ${value} 的校验位正确，不需要核准：可直接导入。`,
    en: `The check digit of ${value} is right: it needs no override and can be imported.`,
  })

const notOverridable = (value: string) =>
  new DomainError({
    code: 'credit-code.not-overridable',
    value,
    where: 'credit_code',
    zh: `代码“${value}”不只是校验位不对（位数、字符、类别或区划有误），不能核准：请对照营业执照更正。`,
    en: `More than the check digit of "${value}" is wrong (length, characters, category or division): it cannot be overridden; correct it from the licence.`,
  })

const overriddenBefore = (value: string) =>
  new DomainError({
    code: 'credit-code.overridden-before',
    status: 409,
    value,
    where: 'credit_code',
    zh: `代码 ${value} 已经核准过，无需再次登记。`,
    en: `An override for ${value} is on file already.`,
  })
