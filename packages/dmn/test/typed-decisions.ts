/**
 * Tests of types: this file compiles, and each line that must not compile says so. `types.test.ts` and the type check
 * of the repository hold it; it is never run.
 */
import { evaluate, type Model, type Plain, prepare } from '../src/index.ts'
import { toJavaScript } from '../src/javascript/index.ts'
import type { Policy } from './fixtures/interest-subsidy.generated.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

function holds<_True extends true>(): void {}

export function typedDecisions(model: Model): void {
  const options = { asOf: '2026-06-21' }
  const filed = prepare<Policy['备案截止日']>(model, '备案截止日')
  const answer = filed.value({ 备案日期: '2023-08-31', 备案有效月数: 6n }, options)
  holds<Same<typeof answer.value, string | null>>()
  // @ts-expect-error: the model has no such decision
  prepare<Policy['备案截止日']>(model, '备案起始日')
  // @ts-expect-error: what is not known is said to be so
  filed.value({ 备案日期: '2023-08-31' }, options)
  filed.value({ 备案日期: null, 备案有效月数: null }, options)
  // @ts-expect-error: a double is no number here
  filed.value({ 备案日期: null, 备案有效月数: 6 }, options)
  // @ts-expect-error: no such input
  filed.explain({ 备案日期: null, 备案有效月数: null, 备案月数: '6' }, options)

  const { value } = evaluate<Policy['资格']>(model, '资格', eligible(), options)
  holds<Same<typeof value, '符合' | '不符合' | null>>()
  // @ts-expect-error: not among the allowed values
  evaluate<Policy['资格']>(model, '资格', { ...eligible(), 企业登记状态: '搬迁' }, options)

  type Two = Policy['备案截止日'] | Policy['合格本金上限']
  const integers = { 合同金额: { scale: 2 } }
  const { run } = toJavaScript<Two>(model, {
    decisions: ['合格本金上限', '备案截止日'],
    integers,
    ...options,
  })
  run({ 合同金额: 45_000_000_00, 备案日期: '2023-08-31' })
  // @ts-expect-error: a date is no whole number
  run({ 备案日期: 20230831 })
  // @ts-expect-error: none of the two
  toJavaScript<Two>(model, { decisions: ['资格'], ...options })

  // Without types everything goes that a model might take.
  const any = prepare(model, '资格').value({ 什么: ['1', { a: null }] }, options)
  holds<Same<typeof any.value, Plain>>()
  // @ts-expect-error: a double is no number here either
  prepare(model, '资格').value({ 金额: 1.5 }, options)
}

declare function eligible(): Policy['资格']['inputs']
