import type { Declared } from '../node/declared.ts'
import type { TypedInput } from '../node/program.ts'
import { isDuration, isScalar, nameOfType, type ScalarType } from '../value/type.ts'
import type { Emitter } from './emitter.ts'
import { type Fragment, over } from './fragment.ts'
import type { ColumnBinding, ColumnType, Subject } from './query.ts'
import { emitTest } from './tests.ts'

/** Input types a column type can feed. */
function feeds(type: ColumnType, wanted: ScalarType): boolean {
  if (type === 'text') return wanted === 'string'
  if (type === 'boolean' || type === 'date') return wanted === type
  return wanted === 'number' || wanted === 'days and time duration' || wanted === 'years and months duration'
}

/** A column as the value of an input: what the column may hold but FEEL cannot is null, what is not allowed too. */
export function inputFragment(
  emitter: Emitter,
  { data, type, allowed }: TypedInput,
  subject: Subject,
  binding: ColumnBinding,
): Fragment {
  return columnFragment(emitter, { name: data.name, type, allowed }, subject, binding)
}

/** The same for anything that is declared and has a column: an input, or a component of a record. */
export function columnFragment(
  emitter: Emitter,
  { name, type, allowed }: { readonly name: string } & Pick<Declared, 'type' | 'allowed'>,
  subject: Subject,
  binding: ColumnBinding,
): Fragment {
  if (!isScalar(type) || !feeds(binding.type, type)) {
    return emitter.refuse(
      undefined,
      type,
      `输入“${name}”的类型是${nameOfType(type, 'zh')}，不能绑定到 ${binding.type} 列。`,
      `The input "${name}" is of type ${nameOfType(type, 'en')} and cannot be bound to a column of type ${binding.type}.`,
    )
  }
  const { dialect } = emitter.statement
  const column = dialect.column(emitter, subject, binding)
  const value = isDuration(type)
    ? dialect.durationWithin(
        emitter,
        type === 'years and months duration' ? dialect.whole(emitter, column) : column,
        type,
      )
    : column
  if (allowed.length === 0) return emitter.share(value)
  const about = emitter.share(value)
  const tests = allowed.map(({ test, text }) => emitTest(emitter.at({ text }).about(about), test))
  return emitter.share(
    over([about, ...tests], {
      text: `(case when ${tests.map(test => test.text).join(' and ')} then ${about.text} end)`,
      sqlType: about.sqlType,
      nullable: true,
      shape: about.shape,
    }),
  )
}
