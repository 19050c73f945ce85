import type { Role } from '../api/me.ts'
import { paths } from './paths.ts'

/** The front door of each role. */
const HOME: Record<Role, string> = {
  officer: paths.programme(),
  approver: paths.programme(),
  town: paths.programme(),
  finance: paths.programme(),
  auditor: paths.programme(),
  bank: paths.bank(),
  enterprise: paths.enterprise(),
}

export function homeOf(role: Role): string {
  return HOME[role]
}
