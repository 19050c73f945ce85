/** One enterprise; amounts in fen, days since 1970-01-01, null for what is not known. */
export interface Enterprise {
  readonly id: number
  readonly status: string | null
  readonly industry: string | null
  readonly size: string | null
  readonly dishonest: boolean | null
  readonly established: number | null
  readonly filed: number | null
  readonly incomeFen: number | null
  readonly staff: number | null
  readonly investmentFen: number | null
  readonly equipmentFen: number | null
  readonly level: number | null
  readonly town: string | null
}

const STATUSES = ['存续', '存续', '存续', '存续', '存续', '注销', '吊销']
const INDUSTRIES = ['家电', '灯饰', '五金', '纺织服装', '家具', '食品', '造纸']
const SIZES = ['大型', '中型', '小型', '小型', '小型', '微型']
const TOWNS = ['古镇镇', '小榄镇', '火炬开发区', '三乡镇', '南头镇', '黄圃镇']

/** Fictional enterprises, the same for the same number of them: one in twenty-five of each fact is missing. */
export function enterprises(count: number): Enterprise[] {
  let state = 20_220_057
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const known = <T>(value: T): T | null => (next(25) === 0 ? null : value)
  const one = (values: readonly string[]) => values[next(values.length)] ?? ''
  return Array.from({ length: count }, (_, id) => ({
    id,
    status: known(one(STATUSES)),
    industry: known(one(INDUSTRIES)),
    size: known(one(SIZES)),
    dishonest: known(next(30) === 0),
    established: known(8_000 + next(12_000)),
    filed: known(18_800 + next(1_800)),
    incomeFen: known(next(2_000_000) * 1_000_00 + next(100_000)),
    staff: known(next(400)),
    investmentFen: known(next(900) * 100_000_00 + next(10_000_000)),
    equipmentFen: known(next(80_000) * 1_000_00 + next(100_000)),
    level: known(next(5)),
    town: known(one(TOWNS)),
  }))
}

export function isoDate(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

export function yuan(fen: number): string {
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
