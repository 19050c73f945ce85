import type { RunningServer } from '../app/serve.ts'
import { box, columns } from './box.ts'

const ROLES: Record<string, string> = {
  officer: '经办 officer',
  approver: '审批 approver',
  town: '镇街 town',
  finance: '财务 finance',
  bank: '银行 bank',
  enterprise: '企业 enterprise',
  auditor: '审计 auditor',
}

/** What the person at the terminal needs to begin: the address, and in a demonstration the accounts. */
export function welcome({ address, city, demonstration, loopback }: RunningServer): string {
  const lines = [`Millrace 水渠   ${city.nameZh} ${city.nameEn}`, '', address]
  if (loopback) {
    lines.push(
      '仅本机可访问；对外服务请加 --host 0.0.0.0',
      'This machine only; --host 0.0.0.0 answers others',
    )
  }
  if (demonstration) {
    lines.push(
      '',
      `演示数据（均为虚构），平台日期 ${demonstration.businessDate}`,
      `Demonstration data, all fictional; the business date is ${demonstration.businessDate}`,
      '',
      ...columns(
        demonstration.accounts.map(({ email, role, acts_for }) => [
          email,
          ROLES[role] ?? role,
          acts_for ?? '',
        ]),
      ),
      '',
      `口令 password  ${demonstration.accounts[0]?.password ?? ''}`,
      '工作人员的动态口令显示在登录页  Staff find their one-time code on the sign-in page',
    )
  } else {
    // Nobody can sign in to an installation for work before it has people.
    lines.push(
      '',
      '建账户 make accounts  npx millrace user add --help',
      '登记银行 enter banks  npx millrace bank --help',
    )
  }
  return `${box(lines)}\n`
}
