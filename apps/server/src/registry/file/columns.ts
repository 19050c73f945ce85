import { DomainError } from '../../platform/errors.ts'

/** The facts that a file of organisations can state, and the two columns that only help to read others. */
export const FIELDS = [
  'name',
  'credit_code',
  'established_on',
  'kind',
  'capital',
  'business_scope',
  'address',
  'region',
  'status',
  'industry_code',
  'dishonest',
] as const
export type Field = (typeof FIELDS)[number]

/** Headings as registers, open data sets and officers write them; compared without brackets, spaces and case. */
const HEADINGS: Record<Field, readonly string[]> = {
  name: ['企业名称', '单位名称', '机构名称', '公司名称', '市场主体名称', '名称', 'name'],
  credit_code: [
    '统一社会信用代码',
    '社会信用代码',
    '统一信用代码',
    '信用代码',
    '统一社会信用代码证号',
    'credit_code',
    'credit code',
    'uscc',
    'unified social credit code',
  ],
  established_on: [
    '注册日期',
    '成立日期',
    '成立时间',
    '登记日期',
    '设立日期',
    'established_on',
    'established',
  ],
  kind: ['企业类型', '市场主体类型', '单位类型', '机构类型', '类型', 'kind', 'type'],
  capital: ['注册资金', '注册资本', '注册资本金', '开办资金', 'capital', 'registered capital'],
  business_scope: ['经营范围', '业务范围', '经营业务范围', 'business_scope', 'business scope'],
  address: ['注册地址', '登记住所', '住所', '住所地', '地址', '企业地址', 'address'],
  region: ['地区', '城市', '所在城市', '所属城市', '所在地区', 'city'],
  status: ['登记状态', '经营状态', '企业状态', '存续状态', '状态', 'status'],
  dishonest: ['失信被执行人', '是否失信被执行人', '失信', 'dishonest'],
  industry_code: ['行业代码', '国民经济行业代码', '行业小类代码', 'industry_code', 'industry code'],
}

/** Known, and not kept: the registry has no use for them, and people's names are not collected without one. */
const IGNORED = ['法人代表', '法定代表人', '负责人', '所在省份', '省份', '所属省份', '序号']

export interface Columns extends ColumnsOf<Field> {
  /** What the capital's heading says in brackets: `注册资本（万元）`. */
  readonly capitalUnit: string
}

/** Which columns a kind of file can have, and how their headings are spelled. */
export interface ColumnWords<F extends string> {
  readonly headings: Readonly<Record<F, readonly string[]>>
  /** Without these a file is refused. */
  readonly required: readonly F[]
  /** Known, and not read. */
  readonly ignored: readonly string[]
}

export interface ColumnsOf<F extends string> {
  readonly headings: readonly string[]
  readonly at: Readonly<Partial<Record<F, number>>>
  /** Headings that are not known: their columns are not read. */
  readonly unknown: readonly string[]
}

/**
 * Reads the heading of a file.
 *
 * @throws DomainError `import.heading-unknown` when a required column is missing, `import.heading-repeated`
 */
export function readColumns<F extends string>(cells: readonly string[], words: ColumnWords<F>): ColumnsOf<F> {
  const headings = cells.map(cell => cell.replace(/^\ufeff/, '').trim())
  while (headings.at(-1) === '') headings.pop()
  const at: Partial<Record<F, number>> = {}
  const unknown: string[] = []
  const fields = Object.keys(words.headings) as F[]
  headings.forEach((heading, index) => {
    const field = fields.find(each => words.headings[each].includes(plain(heading)))
    if (field === undefined) {
      if (!words.ignored.includes(plain(heading))) unknown.push(heading)
      return
    }
    const before = at[field]
    if (before !== undefined) throw repeated(heading, headings[before] ?? '')
    at[field] = index
  })
  if (words.required.some(field => at[field] === undefined)) throw unknownHeading(headings, words)
  return { headings, at, unknown }
}

/** Reads the heading of a file of organisations. */
export function readHeading(cells: readonly string[]): Columns {
  const columns = readColumns<Field>(cells, {
    headings: HEADINGS,
    required: ['name', 'credit_code'],
    ignored: IGNORED,
  })
  return { ...columns, capitalUnit: unitOf(columns.headings[columns.at.capital ?? -1] ?? '') }
}

function plain(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/\(.*?\)|["'*:]/g, '')
    .trim()
    .toLowerCase()
}

/** What a heading says in brackets: `注册资本（万元）`. */
export function unitOf(heading: string): string {
  return /\(([^)]*)\)/.exec(heading.normalize('NFKC'))?.[1]?.trim() ?? ''
}

function unknownHeading<F extends string>(headings: readonly string[], words: ColumnWords<F>): DomainError {
  const found = headings.join('、').slice(0, 300)
  const zh = words.required.map(field => `“${words.headings[field][0]}”`).join('和')
  const en = words.required.map(field => `${words.headings[field][0]} (${field})`).join(' and ')
  return new DomainError({
    code: 'import.heading-unknown',
    value: found,
    where: '1',
    zh: `第一行应是列名，至少要有${zh}；文件的第一行是：${found || '（空）'}。`,
    en: `The first line should name the columns, at least ${en}; the file begins with: ${found || '(nothing)'}.`,
  })
}

function repeated(second: string, first: string): DomainError {
  return new DomainError({
    code: 'import.heading-repeated',
    value: second,
    where: '1',
    zh: `“${first}”和“${second}”是同一项：请删去其中一列。`,
    en: `"${first}" and "${second}" are the same fact: remove one of the columns.`,
  })
}
