import type { Program, TypedDecision, TypedInput } from '../node/program.ts'
import type { Problem } from '../problem.ts'
import { feelReader, type Names } from '../read/feel.ts'
import type { Decision, InputData, Model } from '../read/model.ts'
import { FeelSyntaxError } from '../read/syntax.ts'
import { FUNCTION_NAMES } from './call.ts'
import { checkCoverage } from './coverage.ts'
import { typeDecision } from './decision.ts'
import { Typer } from './expression.ts'
import { inOrder } from './order.ts'
import { type NamedValue, Reporter, type Scope } from './scope.ts'
import { TypeNames } from './type-names.ts'
import { typeTests } from './unary-tests.ts'

const programs = new WeakMap<Model, Program>()

/** The typed form of a model, worked out once. */
export function programOf(model: Model): Program {
  const known = programs.get(model)
  if (known !== undefined) return known
  const program = typeModel(model)
  programs.set(model, program)
  return program
}

function typeModel(model: Model): Program {
  const problems: Problem[] = []
  const report = new Reporter(problems, { file: model.file })
  const types = new TypeNames(model.types)
  reportDuplicates(model, report)
  for (const { name: element, line, element: kind } of model.unsupported) {
    report.warn(
      'unsupported',
      {
        zh: `<${kind}>“${element}”尚不执行；不依赖它的决策不受影响。`,
        en: `<${kind}> "${element}" does not run yet; decisions that do not use it are unaffected.`,
      },
      { element, line },
    )
  }
  const inputs = new Map<string, TypedInput>()
  for (const data of model.inputs) {
    const input = typeInput(data, types, report.at({ element: data.name, line: data.line }))
    if (input && !inputs.has(data.name)) inputs.set(data.name, input)
  }
  const decisions = new Map<string, TypedDecision>()
  const ordered = inOrder(model.decisions, report)
  for (const decision of ordered) {
    const at = report.at({ element: decision.name, line: decision.line })
    for (const name of decision.requires.knowledge) {
      at.error('unsupported', {
        zh: `决策引用了业务知识模型“${name}”，尚不执行。请把其中的逻辑写成决策。`,
        en: `The decision uses the knowledge model "${name}", which does not run yet; write it as a decision.`,
      })
    }
    const scope = scopeOf(decision, model, inputs, decisions)
    const typed = typeDecision(decision, scope, types, model.sources, at)
    decisions.set(decision.name, typed)
    if (typed.body.kind === 'table') checkCoverage(typed.body, inputs, at)
  }
  return { model, inputs, decisions, problems: inFileOrder(problems) }
}

function typeInput(data: InputData, types: TypeNames, report: Reporter): TypedInput | undefined {
  if (data.typeRef === undefined || data.typeRef === 'Any') {
    report.error('type', {
      zh: '输入没有声明数据类型，请在变量上选择类型。',
      en: 'The input declares no type; choose one on its variable.',
    })
    return undefined
  }
  const named = types.resolve(data.typeRef)
  if (!('type' in named)) {
    report.error('type', named)
    return undefined
  }
  const scope: Scope = { reader: feelReader({}), names: new Map(), elsewhere: new Set() }
  const allowed = named.allowedValues.map(({ text, element, line }) => {
    const typer = new Typer(scope, report.at({ element, line, text }), named.type)
    try {
      return { text, test: typeTests(typer, scope.reader.unaryTests(text)) }
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error
      const { from, to, zh, message: en } = error
      return {
        text,
        test: { kind: 'invalid' as const, problem: typer.report.error('syntax', { zh, en }, { from, to }) },
      }
    }
  })
  return { data, type: named.type, allowed }
}

function scopeOf(
  decision: Decision,
  model: Model,
  inputs: ReadonlyMap<string, TypedInput>,
  decisions: ReadonlyMap<string, TypedDecision>,
): Scope {
  const names = new Map<string, NamedValue>()
  for (const name of decision.requires.inputs)
    names.set(name, { kind: 'input', type: inputs.get(name)?.type })
  for (const name of decision.requires.decisions) {
    names.set(name, { kind: 'decision', type: decisions.get(name)?.type })
  }
  const all = [...model.inputs, ...model.decisions].map(each => each.name)
  const words: Record<string, Names | 1> = {}
  for (const name of [...FUNCTION_NAMES, ...all]) words[name] = 1
  for (const [name, { type }] of names) {
    if (typeof type === 'object' && type.kind === 'context') {
      words[name] = Object.fromEntries(type.fields.map(field => [field.name, 1]))
    }
  }
  return { reader: feelReader(words), names, elsewhere: new Set(all) }
}

function reportDuplicates(model: Model, report: Reporter): void {
  const seen = new Set<string>()
  for (const { name: element, line } of [...model.inputs, ...model.decisions]) {
    if (seen.has(element)) {
      report.error(
        'duplicate-name',
        {
          zh: `名称“${element}”用了不止一次。输入与决策的名称须各不相同。`,
          en: `The name "${element}" is used more than once; inputs and decisions need names of their own.`,
        },
        { element, line },
      )
    }
    seen.add(element)
  }
}

function inFileOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0))
}
