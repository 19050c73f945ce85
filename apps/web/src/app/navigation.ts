import type { Me, Role } from '../api/me.ts'
import { paths } from './paths.ts'

interface NavigationItem {
  /** Its word in common:nav. */
  readonly key:
    | 'programme'
    | 'claims'
    | 'batches'
    | 'treasury'
    | 'discrepancies'
    | 'organisations'
    | 'filings'
    | 'bank-messages'
    | 'ledger'
    | 'policies'
    | 'audit'
    | 'enterprise'
    | 'payments'
    | 'payee-account'
    | 'bank'
    | 'bank-discrepancies'
  readonly to: string
  /** Of the server's permission table. */
  readonly permission: string
}

const OFFICE: readonly NavigationItem[] = [
  { key: 'programme', to: paths.programme(), permission: 'programme.read' },
  { key: 'batches', to: paths.batches(), permission: 'batch.read' },
  { key: 'claims', to: paths.claims(), permission: 'claim.read' },
  { key: 'discrepancies', to: paths.discrepancies(), permission: 'discrepancy.read' },
  { key: 'treasury', to: paths.treasury(), permission: 'batch.order' },
  { key: 'organisations', to: paths.organisations(), permission: 'organisation.read' },
  { key: 'filings', to: paths.filings(), permission: 'filing.read' },
  { key: 'bank-messages', to: paths.bankMessages(), permission: 'bank-message.read' },
  { key: 'ledger', to: paths.ledger(), permission: 'ledger.read' },
  { key: 'policies', to: paths.policies(), permission: 'policy.read' },
  { key: 'audit', to: paths.audit(), permission: 'audit.read' },
]

const ENTERPRISE: readonly NavigationItem[] = [
  { key: 'enterprise', to: paths.enterprise(), permission: 'loan.read' },
  { key: 'payments', to: paths.payments(), permission: 'payment.read' },
  { key: 'payee-account', to: paths.payeeAccount(), permission: 'payee-account.correct' },
]

const BANK: readonly NavigationItem[] = [
  { key: 'bank', to: paths.bank(), permission: 'bank-message.read' },
  { key: 'bank-discrepancies', to: paths.bankDiscrepancies(), permission: 'discrepancy.read' },
]

const DOORS: Record<Role, readonly NavigationItem[]> = {
  officer: OFFICE,
  approver: OFFICE,
  town: OFFICE,
  finance: OFFICE,
  auditor: OFFICE,
  enterprise: ENTERPRISE,
  bank: BANK,
}

/** What this person is shown: their own front door, and of it what they may open. */
export function navigationFor(me: Me): readonly NavigationItem[] {
  if (!me.user) return []
  return DOORS[me.user.role].filter(item => me.permissions.includes(item.permission))
}
