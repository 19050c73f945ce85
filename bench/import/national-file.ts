import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { checkDigit, organisationCodeCheck } from '../../apps/server/src/registry/rules/credit-code.ts'

const HEADING =
  '企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址'
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ROWS_A_PORTION = 2_000

/** One part of the country in so many is the city whose towns are looked for. */
const CITIES = 250
const TOWNS = ['柳溪镇', '石桥镇', '港口镇', '东区', '城中区', '柳溪', '旧渡镇']
const SURNAMES = [...'安柏常东方高光和恒华嘉金凯立隆美南鹏庆瑞盛泰同万新兴雅永宇远正中']
const SECOND = [...'邦昌达发丰福富冠广海宏辉建康利龙茂能平强荣森顺腾旺威祥信业益裕源洲']
const TRADES = [
  '五金制品',
  '灯饰',
  '电器',
  '服装',
  '塑料',
  '家具',
  '印刷',
  '食品',
  '机械设备',
  '化工',
  '电子',
  '贸易',
]
const ENDINGS = ['有限公司', '有限公司', '有限公司', '厂', '贸易有限公司', '分公司', '经营部']
const PHRASES = [
  '生产、加工、销售：五金制品、塑料制品、家用电器、照明器具',
  '货物进出口',
  '销售：建筑材料、装饰材料、日用百货、针纺织品',
  '商品流通信息咨询',
  '生产经营各类服装及配件',
  '法律、行政法规禁止经营的项目除外',
  '普通货运',
  '承接园林绿化工程；室内外装饰装修工程',
  '(依法须经批准的项目，经相关部门批准后方可开展经营活动)〓',
]

/** Odd and plain forms in the proportions of open registration data. */
const KINDS: Weighted = [
  [887, 'N/A'],
  [41, '个人独资企业'],
  [27, '集体所有制'],
  [17, '集体分支机构(非法人)'],
  [11, '个体户'],
  [8, '普通合伙'],
  [9, '有限责任公司 港、澳、台'],
]
const CAPITALS: readonly (readonly [weight: number, write: (wan: number, places: string) => string])[] = [
  [488, wan => `${wan % 1000}(万元人民币)`],
  [201, () => 'N/A'],
  [119, wan => `${grouped(wan)}(万元人民币)`],
  [58, wan => `${wan % 1000}(万美元)`],
  [42, wan => `${grouped(wan)}(万香港元)`],
  [30, wan => `${wan % 1000}万人民币`],
  [28, (wan, places) => `${wan % 1000}.${places}(万元人民币)`],
  [15, (wan, places) => `${grouped(wan)}.${places}(万元人民币)`],
  [12, (wan, places) => `${grouped(wan)}.${places}(万美元)`],
  [3, wan => `${wan % 1000}（万元）`],
  [2, wan => `${grouped(wan)}(万日元)`],
  [1, wan => `${wan % 1000}(万)`],
  [1, wan => `${wan % 1000}万金币`],
]
const DATES: Weighted = [
  [997, ''],
  [1, 'N/A'],
  [1, '1900-01-01'],
  [1, '9999-12-31'],
]
/** Real early codes whose check digit is wrong, for each thousand. */
const WRONG_DIGITS = 1
const BRANCHLESS_CODES = 3

type Weighted = readonly (readonly [weight: number, text: string])[]

/**
 * Writes a file of the form and mess of the national open data set of registrations: the same columns, lengths and
 * proportions, everything in it made up. The same seed makes the same file.
 *
 * @returns its size in bytes
 */
export async function writeNationalFile(path: string, rows: number, seed = 1): Promise<number> {
  const random = generator(seed)
  const file = createWriteStream(path)
  file.write(`${HEADING}\r\n`)
  for (let row = 0; row < rows; row += ROWS_A_PORTION) {
    let text = ''
    for (let at = row; at < Math.min(rows, row + ROWS_A_PORTION); at++) text += rowText(at, random)
    if (!file.write(text)) await new Promise(resolve => file.once('drain', resolve))
  }
  file.end()
  await finished(file)
  return file.bytesWritten
}

function rowText(number: number, random: Random): string {
  const city = random(CITIES)
  const home = city === 0
  const place = home ? '测试' : `${pick(SURNAMES, random)}${pick(SECOND, random)}`
  const province = home ? '示例' : pick(['云江', '岭东', '湖西'], random)
  const trade = pick(TRADES, random)
  const firm = `${pick(SURNAMES, random)}${pick(SECOND, random)}`
  const date = choose(DATES, random) || dateOf(random)
  const wan = 1 + random(4) * random(30_000)
  const capital = chooseBy(CAPITALS, random)(wan, String(1_000 + random(9_000)))
  const cells = [
    `${place}市${firm}${trade}${pick(ENDINGS, random)}`,
    codeOf(number, home, random),
    date,
    choose(KINDS, random),
    '*',
    capital,
    random(1_000) === 0 ? 'N/A' : scopeOf(random),
    province,
    place,
    random(1_000) === 0 ? 'N/A' : addressOf(home, province, place, random),
  ]
  return `${cells.map(cell => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\r\n`
}

function codeOf(number: number, home: boolean, random: Random): string {
  const division = home ? '990100' : String(110_000 + random(500) * 1_000)
  let digits = ''
  for (let rest = number; digits.length < 6; rest = Math.floor(rest / ALPHABET.length)) {
    digits += ALPHABET[rest % ALPHABET.length]
  }
  const organisation = `MA${digits}`
  const sound = random(1_000) >= BRANCHLESS_CODES
  const body = `91${division}${organisation}${sound ? organisationCodeCheck(organisation) : '-'}`.replace(
    '-',
    'R',
  )
  const digit = checkDigit(body)
  return body + (random(1_000) < WRONG_DIGITS ? (ALPHABET[(ALPHABET.indexOf(digit) + 1) % 31] ?? '') : digit)
}

/** Fifty characters at the median, seventy on average, with a long tail. */
function scopeOf(random: Random): string {
  const phrases = 1 + random(3) + (random(4) === 0 ? random(12) : 0)
  return `${Array.from({ length: phrases }, () => pick(PHRASES, random)).join('；')}。`
}

function addressOf(home: boolean, province: string, place: string, random: Random): string {
  const town = home ? pick(TOWNS, random) : `${pick(SURNAMES, random)}${pick(SECOND, random)}镇`
  const street = `${pick(SURNAMES, random)}${pick(SECOND, random)}路${1 + random(400)}号`
  const named = random(40) === 0 ? '' : town
  return `${random(4) === 0 ? `${province}省` : ''}${place}市${named}${street}${random(3) === 0 ? '之一二楼' : ''}`
}

function dateOf(random: Random): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${1978 + random(24)}-${two(1 + random(12))}-${two(1 + random(28))}`
}

function grouped(wan: number): string {
  return String(1_000 + wan).replace(/\B(?=(\d{3})+$)/g, ',')
}

function pick<T>(from: readonly T[], random: Random): T {
  const chosen = from[random(from.length)]
  if (chosen === undefined) throw new Error('There is nothing to pick from')
  return chosen
}

function choose(from: Weighted, random: Random): string {
  return chooseBy(from, random)
}

function chooseBy<T>(from: readonly (readonly [weight: number, value: T])[], random: Random): T {
  let left = random(from.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, value] of from) {
    if (left < weight) return value
    left -= weight
  }
  throw new Error('Weights are positive')
}

type Random = (below: number) => number

/** mulberry32: small, fast and the same everywhere. */
function generator(seed: number): Random {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
