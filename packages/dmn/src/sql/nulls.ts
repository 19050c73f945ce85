import { type Fragment, over } from './fragment.ts'

export function nullCheck(operand: Fragment, isNullWanted: boolean): Fragment {
  return over([operand], {
    text: `(${operand.text} is ${isNullWanted ? '' : 'not '}null)`,
    sqlType: 'boolean',
    nullable: false,
  })
}

export function isNull(fragment: Fragment): boolean {
  return fragment.literal && fragment.text.startsWith('null::')
}
