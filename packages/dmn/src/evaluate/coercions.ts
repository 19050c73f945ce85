import type { Allowed, Declared } from '../node/declared.ts'
import type { Location } from '../problem.ts'
import { coerced } from '../value/conform.ts'
import { FeelContext } from '../value/context.ts'
import { nameOfKind } from '../value/kind.ts'
import { nameOfType } from '../value/type.ts'
import { isList, type Value } from '../value/value.ts'
import type { Compiler } from './compiler.ts'
import { Environment } from './environment.ts'
import type { Run, TestEvaluator } from './run.ts'
import { compileTest } from './tests.ts'

/** Brings a value to what it is declared to be, or gives null with a message that says what it was bound to. */
export type Coercion = (value: Value, run: Run) => Value

export function compileCoercion(
  compiler: Compiler,
  declared: Declared,
  place: Location,
  name: string,
): Coercion {
  const { type } = declared
  const allows = compileAllowed(compiler, declared)
  if (type === 'Any' && allows === undefined) return value => value
  const env = new Environment(place)
  return (value, run) => {
    if (value === null) return null
    const brought = coerced(value, type)
    if (brought === undefined) {
      return env.of(run).fail('type', {
        zh: `“${name}”应为${nameOfType(type, 'zh')}，得到的${nameOfKind(value, 'zh')}不是，按空值处理。`,
        en: `"${name}" should be a ${nameOfType(type, 'en')}; this ${nameOfKind(value, 'en')} is not, and is taken as null.`,
      })
    }
    const broken = allows?.(brought, run)
    if (broken === undefined) return brought
    return env.of(run).fail('not-allowed', {
      zh: `“${name}”的值不在允许范围（${broken}）内，按空值处理。`,
      en: `The value of "${name}" is not allowed (${broken}) and is taken as null.`,
    })
  }
}

/** The text of the first test a value does not pass, at any level; undefined where all of it is allowed. */
type Check = (value: Value, run: Run) => string | undefined

function compileAllowed(compiler: Compiler, declared: Declared): Check | undefined {
  const tests = declared.allowed.map(each => compileOne(compiler, each))
  const items = declared.items && compileAllowed(compiler, declared.items)
  const components = (declared.components ?? []).flatMap(each => {
    const check = compileAllowed(compiler, each.declared)
    return check === undefined ? [] : [{ name: each.name, check }]
  })
  if (tests.length === 0 && items === undefined && components.length === 0) return undefined
  return (value, run) => {
    if (value === null) return undefined
    const outer = run.subject
    run.subject = value
    const broken = tests.find(each => each.test(run) !== true)
    run.subject = outer
    if (broken !== undefined) return broken.text
    if (items !== undefined && isList(value)) return firstBroken(value, item => items(item, run))
    if (!(value instanceof FeelContext)) return undefined
    return firstBroken(components, ({ name, check }) => check(value.fields.get(name) ?? null, run))
  }
}

function compileOne(compiler: Compiler, { test, text }: Allowed): { test: TestEvaluator; text: string } {
  return { test: compileTest(compiler.at({ text }), test), text }
}

function firstBroken<Item>(
  items: readonly Item[],
  check: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const broken = check(item)
    if (broken !== undefined) return broken
  }
  return undefined
}
