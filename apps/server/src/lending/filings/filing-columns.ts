import { type ColumnsOf, readColumns, unitOf } from '../../registry/index.ts'

const HEADINGS = {
  filing_number: ['备案编号', '备案号', '项目备案编号', '备案序号', 'filing_number', 'filing number'],
  credit_code: ['统一社会信用代码', '社会信用代码', '信用代码', 'credit_code', 'credit code', 'uscc'],
  project_name: ['项目名称', 'project_name', 'project name', 'project'],
  approval_number: [
    '核准或备案文号',
    '核准备案文号',
    '备案证号',
    '投资项目代码',
    '项目代码',
    'approval_number',
    'approval number',
  ],
  site_town: ['建设地点镇街', '项目所在镇街', '建设镇街', '镇街', 'site_town', 'site town', 'town'],
  site_in_city: ['是否在本市', '项目是否在本市', '建设地点是否在本市', 'site_in_city', 'site in city'],
  contract_signed_on: ['合同签订日期', '合同日期', '签约日期', 'contract_signed_on', 'contract signed on'],
  verified_investment: [
    '核定投资额',
    '核定投资',
    '核实投资额',
    '核实投资',
    'verified_investment',
    'verified investment',
  ],
  civil_works: ['土建投资', '其中土建', '土建', '土建投资额', 'civil_works', 'civil works'],
  filed_on: ['备案日期', '备案时间', 'filed_on', 'filed on'],
  state: ['备案状态', '项目状态', '状态', 'state'],
  holds_from: ['生效日期', '变更生效日期', '变更日期', 'holds_from', 'holds from'],
} as const satisfies Record<string, readonly string[]>

export type FilingField = keyof typeof HEADINGS

export interface FilingColumns extends ColumnsOf<FilingField> {
  /** What the headings of amounts say in brackets. */
  readonly units: Readonly<Partial<Record<FilingField, string>>>
}

/** Reads the heading of a file of filings. Names of enterprises and people are not read: the code says whose it is. */
export function readFilingColumns(cells: readonly string[]): FilingColumns {
  const columns = readColumns<FilingField>(cells, {
    headings: HEADINGS,
    required: ['filing_number', 'credit_code'],
    ignored: ['企业名称', '单位名称', '名称', '序号', '备注', '联系人', '联系电话', 'name'],
  })
  const unit = (field: FilingField) => unitOf(columns.headings[columns.at[field] ?? -1] ?? '')
  return {
    ...columns,
    units: { verified_investment: unit('verified_investment'), civil_works: unit('civil_works') },
  }
}
