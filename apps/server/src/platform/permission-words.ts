import { PERMISSIONS, type Permission, ROLES, type Role } from './permissions.ts'

/** What a permission allows, as its holder would say it: “不能” or "may not" stands before it. */
const ALLOWS: Record<Permission, { readonly zh: string; readonly en: string }> = {
  'programme.read': { zh: '查看项目总览', en: 'see the overview of the programme' },
  'organisation.read': { zh: '查看法人和非法人组织', en: 'see organisations' },
  'organisation.import': { zh: '导入组织名录', en: 'import organisations' },
  'organisation.override-code': {
    zh: '登记校验位不符的统一社会信用代码',
    en: 'file a credit code whose check digit is wrong',
  },
  'filing.read': { zh: '查看备案', en: 'see filings' },
  'filing.import': { zh: '导入备案', en: 'import filings' },
  'filing.change': { zh: '变更备案', en: 'change filings' },
  'loan.read': { zh: '查看贷款', en: 'see loans' },
  'claim.read': { zh: '查看贴息核定单', en: 'see claims' },
  'discrepancy.read': { zh: '查看与银行的差异', en: 'see discrepancies with banks' },
  'discrepancy.accept': { zh: '认可与银行的差异', en: 'accept discrepancies with banks' },
  'batch.read': { zh: '查看拨付批次', en: 'see payment batches' },
  'batch.prepare': { zh: '准备拨付批次', en: 'prepare payment batches' },
  'batch.decide': { zh: '审批拨付批次', en: 'decide on payment batches' },
  'batch.order': { zh: '发出支付指令', en: 'order payments' },
  'objection.read': { zh: '查看公示异议', en: 'see objections' },
  'objection.decide': { zh: '处理公示异议', en: 'decide on objections' },
  'payment.read': { zh: '查看拨付', en: 'see payments' },
  'payee-account.correct': { zh: '更正收款账户', en: 'correct the payee account' },
  'bank-message.read': { zh: '查看银行报文', en: "see the banks' messages" },
  'ledger.read': { zh: '查看账簿', en: 'see the ledger' },
  'budget.appropriate': { zh: '登记预算安排', en: 'record appropriations' },
  'policy.read': { zh: '查看政策', en: 'see policies' },
  'audit.read': { zh: '查看审计记录', en: 'see the audit trail' },
  'notification.read': { zh: '查看企业通知', en: 'see the notifications of an enterprise' },
  'clock.advance': { zh: '推进演示日期', en: 'advance the date of the demonstration' },
}

const ROLE_NAMES: Record<Role, { readonly zh: string; readonly en: string }> = {
  officer: { zh: '经办', en: 'officer' },
  approver: { zh: '审批', en: 'approver' },
  town: { zh: '镇街', en: 'town' },
  finance: { zh: '财务', en: 'finance' },
  bank: { zh: '银行', en: 'bank' },
  enterprise: { zh: '企业', en: 'enterprise' },
  auditor: { zh: '审计', en: 'auditor' },
}

const IN_ENGLISH = new Intl.ListFormat('en', { type: 'conjunction' })

/** What someone of a role may not do, which roles may, and who can change that. */
export function refusalInWords(permission: Permission, role: Role): { zh: string; en: string } {
  const holders = ROLES.filter(each => each in PERMISSIONS[permission])
  const inChinese = holders.map(each => ROLE_NAMES[each].zh).join('、')
  const inEnglish = IN_ENGLISH.format(holders.map(each => ROLE_NAMES[each].en))
  const own = ROLE_NAMES[role]
  const { zh, en } = ALLOWS[permission]
  return {
    zh: `您的角色（${own.zh}）不能${zh}，有此权限的角色：${inChinese}。工作需要时，请平台管理员为您开设相应角色的账号。`,
    en: `Your role (${own.en}) may not ${en}; the roles that may: ${inEnglish}. If your work needs it, ask the administrator of the platform for an account in such a role.`,
  }
}
