import type { Language } from '../platform/errors.ts'

/** error: the row is not taken. warning: it is taken, and what is odd is left open or noted. */
export type Severity = 'error' | 'warning'

/** What is wrong with one cell or one row of a file, with where it stands. */
export interface Problem {
  readonly code: ProblemCode
  /** The line on which the row begins, counted from 1; the heading is line 1. In a sheet: the row. */
  readonly line: number
  /** The column's heading as the file has it; empty for the row as a whole. */
  readonly column: string
  /** The cell as it was written, at most 200 characters. */
  readonly value: string
  /** What the sentence needs besides: the digit expected, the line that won. */
  readonly detail: string
}

interface Wording {
  readonly severity: Severity
  readonly zh: (problem: Problem) => string
  readonly en: (problem: Problem) => string
}

const error = (zh: Wording['zh'], en: Wording['en']): Wording => ({ severity: 'error', zh, en })
const warning = (zh: Wording['zh'], en: Wording['en']): Wording => ({ severity: 'warning', zh, en })

/** Every problem that a row can have: what is wrong, and what to do. */
const WORDINGS = {
  'row.cells': error(
    ({ detail }) => `这一行的格数与表头不同（${detail}）：请检查是否多了或少了逗号，含逗号的内容要加引号。`,
    ({ detail }) =>
      `The row has another number of cells than the heading (${detail}): look for a missing or extra comma; quote cells that contain one.`,
  ),
  'row.quote-not-closed': error(
    () => '引号没有成对：请补上缺少的引号，引号本身要写成两个。',
    () => 'A quote is opened and not closed: add the missing one; write a quote inside a cell twice.',
  ),
  'row.text-after-quote': error(
    () => '引号后面还有文字：整格内容应在一对引号内，其中的引号要写成两个。',
    () =>
      'There is text after a closing quote: the whole cell belongs inside the quotes, inner ones doubled.',
  ),
  'row.too-long': error(
    () => '这一行长得不像一条登记记录：请检查引号和换行，或拆分后再导入。',
    () => 'The row is too long for a registration record: check its quotes and line breaks.',
  ),
  'cell.too-long': error(
    ({ detail }) => `内容超过 ${detail} 个字：请核对是否粘贴错了格。`,
    ({ detail }) =>
      `The cell holds more than ${detail} characters: was something pasted into the wrong cell?`,
  ),
  'cell.not-text': error(
    () => '内容含有空字节或无法解码的字符：请以 UTF-8 或 GB18030 重新导出文件。',
    () =>
      'The cell holds NUL bytes or characters that cannot be decoded: export the file again in UTF-8 or GB18030.',
  ),
  'cell.formula': error(
    () => '单元格是公式：请复制后“选择性粘贴—数值”，再导入。',
    () => 'The cell is a formula: copy the column and paste it as values.',
  ),
  'cell.sheet-error': error(
    () => '单元格是错误值：请改正表格中的公式或数据。',
    () => 'The cell holds an error of the sheet: correct it there.',
  ),
  'cell.digits-lost': error(
    () => '长数字以数值保存，末几位已丢失：请把该列设为“文本”格式，重新填入完整的代码。',
    () =>
      'A long number was stored as a value and has lost its last digits: format the column as text and enter the codes again.',
  ),
  'credit-code.missing': error(
    () => '缺少统一社会信用代码：请补上 18 位代码。',
    () => 'The unified social credit code is missing: enter its 18 characters.',
  ),
  'credit-code.length': error(
    ({ detail }) => `统一社会信用代码应为 18 位，这里是 ${detail} 位：请对照营业执照更正。`,
    ({ detail }) =>
      `A unified social credit code has 18 characters, not ${detail}: correct it from the licence.`,
  ),
  'credit-code.charset': error(
    () => '代码中有不允许的字符（只用数字和大写字母，不用 I、O、S、V、Z）：请对照营业执照更正。',
    () =>
      'The code has a character that is not allowed (digits and capitals without I, O, S, V, Z): correct it from the licence.',
  ),
  'credit-code.category': error(
    ({ detail }) => `代码开头“${detail}”不是登记管理部门和机构类别：请对照营业执照更正。`,
    ({ detail }) =>
      `The code's beginning "${detail}" is no registering department and category: correct it from the licence.`,
  ),
  'credit-code.division': error(
    ({ detail }) => `代码第 3 至 8 位“${detail}”不是行政区划：请对照营业执照更正。`,
    ({ detail }) =>
      `Characters 3 to 8 of the code, "${detail}", are no administrative division: correct it from the licence.`,
  ),
  'credit-code.check-digit': error(
    ({ detail }) =>
      `代码的校验位不对（应为 ${detail}）：请对照营业执照更正；如执照上确实如此，请在“导入名录”页的“登记校验码例外”中登记凭据后重新导入。`,
    ({ detail }) =>
      `The check digit is wrong (${detail} is expected): correct it from the licence; if the licence does read so, enter the exception with its evidence on the page "Import a register" and import again.`,
  ),
  'name.missing': error(
    () => '缺少单位名称：请补上登记的全称。',
    () => 'The name is missing: enter it as registered.',
  ),
  'credit-code.overridden': warning(
    () => '校验位不对，已按登记的证明材料采用。',
    () => 'The check digit is wrong; the code is taken on the evidence on file.',
  ),
  'credit-code.organisation-code': warning(
    () => '代码中的组织机构代码校验位不符（仅提示，不影响采用）。',
    () => 'The organisation code inside does not carry its own check digit (advisory; the row is taken).',
  ),
  'row.repeated': warning(
    ({ detail }) => `同一代码在文件中出现多次，以第 ${detail} 行为准，本行未采用：请核对后只留一行。`,
    ({ detail }) =>
      `The code stands in the file before, on line ${detail}, which is taken; this row is not. Keep one of them.`,
  ),
  'cell.nothing': warning(
    () => '没有填写，该项留空。',
    () => 'Nothing is said; the fact is left open.',
  ),
  'established.placeholder': warning(
    () => '像是占位日期，成立日期留空。',
    () => 'The date looks like a placeholder; the day of founding is left open.',
  ),
  'established.unreadable': warning(
    () => '日期无法识别，成立日期留空：请写成 2001-02-03。',
    () => 'The date is not understood and left open: write it like 2001-02-03.',
  ),
  'capital.unreadable': warning(
    () => '注册资本无法识别，该项留空：请写成“235.5（万元人民币）”。',
    () => 'The capital is not understood and left open: write it like 235.5（万元人民币）.',
  ),
  'capital.currency-unknown': warning(
    () => '看不出币种，金额照录，币种留空：请写明，例如“30（万元人民币）”。',
    () =>
      'The currency is not recognised: the amount is kept, the currency left open. Name it, as in 30（万元人民币）.',
  ),
  'address.no-town': warning(
    () => '地址没有写明镇街，镇街留空。',
    () => 'The address does not name a town; the town is left open.',
  ),
  'kind.branch': warning(
    () => '分支机构，不具法人资格。',
    () => 'A branch without legal personality.',
  ),
  'status.unknown': warning(
    () => '登记状态的写法不认识，该项留空：请写成存续、吊销、注销、迁出或停业。',
    () => 'The status is not recognised and left open: write 存续, 吊销, 注销, 迁出 or 停业.',
  ),
  'industry.unknown': warning(
    () => '不是国民经济行业代码（GB/T 4754-2017），该项留空。',
    () => 'This is no industry code of GB/T 4754-2017; it is left open.',
  ),
  'dishonest.unknown': warning(
    () => '看不出是否在失信被执行人名单上，该项留空：请写“是”或“否”。',
    () =>
      'Whether it is on the list of dishonest debtors is not understood and left open: write 是 (yes) or 否 (no).',
  ),
  'cell.missing': error(
    () => '这一项必须填写，这里是空的：请补上。',
    () => 'This has to be said and the cell is empty: fill it in.',
  ),
  'cell.not-a-day': error(
    () => '日期无法识别：请写成 2022-05-20。',
    () => 'This is no day: write it like 2022-05-20.',
  ),
  'cell.day-ahead': error(
    ({ detail }) => `日期在今天（${detail}）之后：只登记已经发生的事，请更正。`,
    ({ detail }) =>
      `The day is after today (${detail}): only what has happened is put on record; correct it.`,
  ),
  'cell.not-an-amount': error(
    () => '金额无法识别：请写最多精确到分的数字，列名后可注明单位，例如“核定投资（万元）”。',
    () =>
      'This is no amount: write a number exact to the fen at most; the heading may name its unit, as in 核定投资（万元）.',
  ),
  'cell.not-listed': error(
    ({ detail }) => `写法不认识：请写 ${detail}。`,
    ({ detail }) => `This is not understood: write one of ${detail}.`,
  ),
  'town.unknown': error(
    () => '不是本市的镇街：请写镇街全称或 9 位代码；项目不在本市的，镇街留空。',
    () => 'This is no town of the city: write its name or 9-digit code; leave it open for a site elsewhere.',
  ),
  'organisation.unknown': error(
    () => '企业库中没有这家企业：请先导入名录，再导入本文件。',
    () => 'The registry does not have this enterprise: import the register first, then this file.',
  ),
  'filing.of-another': error(
    ({ detail }) => `这个备案编号已登记在另一家企业（${detail}）名下：请核对编号和信用代码。`,
    ({ detail }) =>
      `This number is on file for another enterprise (${detail}): check the number and the credit code.`,
  ),
  'filing.civil-works': error(
    ({ detail }) => `土建投资大于核定投资（${detail} 元）：请核对两个金额和单位。`,
    ({ detail }) =>
      `The civil works exceed the verified investment (${detail} yuan): check both amounts and their units.`,
  ),
  'filing.site': error(
    () => '写了镇街，又写不在本市：请改正其中一项。',
    () => 'A town is named and the site is said to be outside the city: correct one of them.',
  ),
  'filing.later-known': error(
    ({ detail }) =>
      `已登记有 ${detail} 的情况，比本行的生效日期晚：请填写不早于它的生效日期，或在该备案的页面上更正。`,
    ({ detail }) =>
      `What is on record is of ${detail}, later than this row: give a later day, or correct it on the filing's page.`,
  ),
} satisfies Record<string, Wording>

export type ProblemCode = keyof typeof WORDINGS

export const PROBLEM_CODES = Object.keys(WORDINGS) as ProblemCode[]

export function severityOf(code: ProblemCode): Severity {
  return WORDINGS[code].severity
}

/** What is wrong and what to do, in the reader's language. */
export function problemSentence(problem: Problem, language: Language): string {
  return WORDINGS[problem.code][language](problem)
}

export function isProblemCode(code: string): code is ProblemCode {
  return code in WORDINGS
}
