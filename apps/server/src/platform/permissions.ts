/**
 * Who may do what: the one table. A route names one permission; a role that is not listed under it is refused.
 * The value is whose records the role reaches.
 */

export const ROLES = ['officer', 'approver', 'town', 'finance', 'bank', 'enterprise', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** Roles of people who work for the state; they need a second factor. */
export const STAFF: readonly Role[] = ['officer', 'approver', 'town', 'finance', 'auditor']

/** Whose records a permission reaches: everyone's, or those of the bank, enterprise or town its holder acts for. */
type Reach = 'all' | 'own'

const everyone = { officer: 'all', approver: 'all', finance: 'all', auditor: 'all' } as const

export const PERMISSIONS = {
  'programme.read': { ...everyone, town: 'own' },
  'organisation.read': { ...everyone, town: 'own', enterprise: 'own' },
  'organisation.import': { officer: 'all' },
  'organisation.override-code': { officer: 'all' },
  'filing.read': { ...everyone, town: 'own', enterprise: 'own' },
  'filing.import': { officer: 'all' },
  'filing.change': { officer: 'all' },
  'loan.read': { ...everyone, town: 'own', bank: 'own', enterprise: 'own' },
  'claim.read': { ...everyone, town: 'own', enterprise: 'own' },
  'discrepancy.read': { ...everyone, bank: 'own' },
  'discrepancy.accept': { officer: 'all' },
  'batch.read': everyone,
  'batch.prepare': { officer: 'all' },
  'batch.decide': { approver: 'all' },
  'batch.order': { finance: 'all' },
  'objection.read': { officer: 'all', approver: 'all', auditor: 'all' },
  'objection.decide': { officer: 'all', approver: 'all' },
  'payment.read': { ...everyone, enterprise: 'own' },
  'payee-account.correct': { enterprise: 'own' },
  'bank-message.read': { officer: 'all', approver: 'all', auditor: 'all', bank: 'own' },
  'ledger.read': { officer: 'all', approver: 'all', finance: 'all', auditor: 'all' },
  'budget.appropriate': { finance: 'all' },
  'policy.read': { ...everyone, town: 'all', bank: 'all', enterprise: 'all' },
  'audit.read': { auditor: 'all' },
  'notification.read': { enterprise: 'own' },
  'clock.advance': { officer: 'all', approver: 'all', finance: 'all' },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>

export type Permission = keyof typeof PERMISSIONS

/** The person or program that acts. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly bankCode: string | null
  readonly creditCode: string | null
  readonly townCode: string | null
}

/** Whose records a request may touch; handlers narrow their queries by it. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'bank'; readonly bankCode: string }
  | { readonly kind: 'organisation'; readonly creditCode: string }
  | { readonly kind: 'town'; readonly townCode: string }

/** @returns undefined when the actor's role does not have the permission */
export function scopeOf(permission: Permission, actor: Actor): Scope | undefined {
  const reaches: Partial<Record<Role, Reach>> = PERMISSIONS[permission]
  const reach = reaches[actor.role]
  if (reach === undefined) return undefined
  if (reach === 'all') return { kind: 'all' }
  if (actor.role === 'bank' && actor.bankCode) return { kind: 'bank', bankCode: actor.bankCode }
  if (actor.role === 'enterprise' && actor.creditCode) {
    return { kind: 'organisation', creditCode: actor.creditCode }
  }
  if (actor.role === 'town' && actor.townCode) return { kind: 'town', townCode: actor.townCode }
  return undefined
}

/** The permissions of a role, for a client that shows only what can be done. */
export function permissionsOf(role: Role): Permission[] {
  return (Object.keys(PERMISSIONS) as Permission[]).filter(permission => role in PERMISSIONS[permission])
}
