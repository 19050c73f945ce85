import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PlainInputs, readModel } from '../src/index.ts'
import type { ColumnBinding } from '../src/sql/index.ts'

/** A policy of the kind the programme runs: eight conditions, a rate by loan year, caps, dates. */
export const POLICY = readModel(
  readFileSync(join(import.meta.dirname, 'fixtures/interest-subsidy.dmn'), 'utf8'),
  {
    file: '贴息.dmn',
  },
)

export const PARAMETERS = {
  贴息比例: '0.90',
  年度上限: '30000000',
  政策起日: '2022-01-05',
  政策止日: '2025-12-31',
  最长年限: '3',
  备案有效月数: '6',
  在建项目上限: '2',
} satisfies PlainInputs

/** An enterprise that meets every condition, in its first loan year. */
export const ELIGIBLE: PlainInputs = {
  企业登记状态: '存续',
  失信: false,
  合作银行: true,
  备案状态: '已备案',
  备案日期: '2023-08-31',
  首次放款日: '2023-10-10',
  项目在本市: true,
  在建项目序号: '1',
  核定投资: '50000000.00',
  土建金额: '8000000.00',
  合同金额: '45000000.00',
  借款本金: '42000000.00',
  实付利息: '123456.78',
  合格应计利息: '120000.00',
  结息日: '2024-06-21',
  逾期: false,
  利息核对: '一致',
  本年已贴息: '0.00',
  ...PARAMETERS,
}

export const COLUMNS: Readonly<Record<string, ColumnBinding>> = {
  企业登记状态: { column: 'registration_status', type: 'text' },
  失信: { column: 'dishonest', type: 'boolean' },
  合作银行: { column: 'cooperating_bank', type: 'boolean', notNull: true },
  备案状态: { column: 'filing_status', type: 'text' },
  备案日期: { column: 'filed_on', type: 'date' },
  首次放款日: { column: 'first_drawn_on', type: 'date' },
  项目在本市: { column: 'in_city', type: 'boolean' },
  在建项目序号: { column: 'project_number', type: 'integer' },
  核定投资: { column: 'verified_investment', type: 'numeric(18,2)' },
  土建金额: { column: 'civil_works', type: 'numeric(18,2)' },
  合同金额: { column: 'contract_amount', type: 'numeric(18,2)' },
  借款本金: { column: 'principal_fen', type: 'bigint', scale: 2 },
  实付利息: { column: 'interest_paid_fen', type: 'bigint', scale: 2 },
  合格应计利息: { column: 'eligible_interest_fen', type: 'bigint', scale: 2 },
  结息日: { column: 'settled_on', type: 'date' },
  逾期: { column: 'overdue', type: 'boolean' },
  利息核对: { column: 'interest_check', type: 'text' },
  本年已贴息: { column: 'subsidised_this_year_fen', type: 'bigint', scale: 2 },
}
