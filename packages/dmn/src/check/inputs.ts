import type { Declared } from '../node/declared.ts'
import { ANYTHING } from '../node/declared.ts'
import type { TypedInput } from '../node/program.ts'
import type { Test } from '../node/test.ts'
import type { InputData } from '../read/model.ts'
import { FeelSyntaxError } from '../read/syntax.ts'
import type { Placed } from './elements.ts'
import { Typer } from './expression.ts'
import type { Reporter, Scope } from './scope.ts'
import { type AllowedText, TypeNames } from './type-names.ts'
import { typeTests } from './unary-tests.ts'

/** The types of a model; tests of allowed values are typed as they are met, and reported where they stand. */
export function typeNamesOf(
  { model, report, imports }: Placed,
  typesOf: (at: Placed) => TypeNames | undefined,
): TypeNames {
  const types: TypeNames = new TypeNames(
    model,
    allowed => {
      const scope: Scope = { names: new Map(), elsewhere: new Set(), types }
      return { text: allowed.text, test: allowedTest(scope, report, allowed) }
    },
    name => {
      const at = imports.get(name)
      return at && typesOf(at)
    },
  )
  return types
}

function allowedTest(scope: Scope, report: Reporter, { text, line, element, of }: AllowedText): Test {
  const typer = new Typer(scope, report.at({ element, line, text }), of)
  try {
    return typeTests(typer, typer.reader.unaryTests(text))
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error
    const { from, to, zh, message: en } = error
    return { kind: 'invalid', problem: typer.report.error('syntax', { zh, en }, { from, to }) }
  }
}

export function typeInput(
  data: InputData,
  key: string,
  file: string,
  types: TypeNames,
  report: Reporter,
): TypedInput | undefined {
  const declared = declaredInput(data, types, report)
  if (declared === undefined) return undefined
  const { type, allowed } = declared
  return { data: { ...data, name: key }, file, type, allowed, declared }
}

function declaredInput(data: InputData, types: TypeNames, report: Reporter): Declared | undefined {
  if (data.typeRef === undefined) {
    report.warn('type', {
      zh: '输入没有声明数据类型，用到它的地方无法事先核对，也不能批量运行。请在变量上选择类型。',
      en: 'The input declares no type; what uses it cannot be checked beforehand nor run in bulk. Choose one on its variable.',
    })
    return ANYTHING
  }
  const named = types.resolve(data.typeRef)
  if ('type' in named) return named
  report.error('type', named)
  return undefined
}
