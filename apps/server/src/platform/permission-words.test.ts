import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refusalInWords } from './permission-words.ts'
import { PERMISSIONS, type Permission, ROLES, type Role } from './permissions.ts'

const said: readonly [role: Role, permission: Permission, zh: string, en: string][] = [
  [
    'town',
    'batch.read',
    '您的角色（镇街）不能查看拨付批次，有此权限的角色：经办、审批、财务、审计。工作需要时，请平台管理员为您开设相应角色的账号。',
    'Your role (town) may not see payment batches; the roles that may: officer, approver, finance, and auditor. If your work needs it, ask the administrator of the platform for an account in such a role.',
  ],
  [
    'officer',
    'audit.read',
    '您的角色（经办）不能查看审计记录，有此权限的角色：审计。工作需要时，请平台管理员为您开设相应角色的账号。',
    'Your role (officer) may not see the audit trail; the roles that may: auditor. If your work needs it, ask the administrator of the platform for an account in such a role.',
  ],
]

describe('a refusal for want of a permission', () => {
  for (const [role, permission, zh, en] of said) {
    it(`tells ${role} who does not have ${permission} what is missing and who can give it`, () => {
      assert.deepEqual(refusalInWords(permission, role), { zh, en })
    })
  }

  it('never shows the name that only programs know', () => {
    for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
      for (const role of ROLES) {
        const { zh, en } = refusalInWords(permission, role)
        assert.doesNotMatch(zh, /[a-z]/i)
        assert.ok(!en.includes(permission), en)
      }
    }
  })
})
