import { ANYTHING, type Declared } from '../node/declared.ts'
import type { Node } from '../node/node.ts'
import type {
  BoxedContext,
  BoxedFor,
  BoxedFunction,
  BoxedInvocation,
  BoxedQuantified,
  BoxedRelation,
  DecisionTable,
  LiteralExpression,
  Logic,
} from '../read/model.ts'
import { invocationNode } from './call.ts'
import {
  externalFunction,
  filterNode,
  filterScope,
  functionNode,
  iteratedType,
  typeList,
} from './collections.ts'
import { asDeclared, declaredAs } from './declarations.ts'
import { Typer, typeExpression } from './expression.ts'
import { Locals } from './locals.ts'
import { typeTable } from './table.ts'

/** Where a boxed expression has no text of its own. */
const NOWHERE = { from: 0, to: 0 } as const

/** Types a boxed expression of any kind, and what stands inside it; the value is brought to its `typeRef`. */
export function typeBoxed(typer: Typer, logic: Logic): Node {
  const at = new BoxedTyper(typer)
  const node = at.logic(logic)
  if (logic.kind === 'unsupported') return node
  const declared = declaredAs(typer.scope.types, logic.typeRef, typer.report.at({ line: logic.line }))
  return asDeclared(node, logic.kind === 'function' ? undefined : declared, logic.kind)
}

class BoxedTyper {
  readonly #typer: Typer

  constructor(typer: Typer) {
    this.#typer = typer
  }

  logic(logic: Logic): Node {
    switch (logic.kind) {
      case 'expression':
        return this.#literal(logic)
      case 'table':
        return this.#table(logic)
      case 'context':
        return this.#context(logic)
      case 'invocation':
        return this.#invocation(logic)
      case 'function':
        return typeBoxedFunction(this.#typer, logic)
      case 'relation':
        return this.#relation(logic)
      case 'list':
        return typeList(
          NOWHERE,
          logic.items.map(item => typeBoxed(this.#typer, item)),
        )
      case 'conditional':
        return this.#typer.choice(
          NOWHERE,
          typeBoxed(this.#typer, logic.condition),
          typeBoxed(this.#typer, logic.whenTrue),
          typeBoxed(this.#typer, logic.otherwise),
        )
      case 'filter': {
        const of = typeBoxed(this.#typer, logic.in)
        const within = this.#typer.within(filterScope(this.#typer, of.type))
        return filterNode(this.#typer, NOWHERE, of, typeBoxed(within, logic.match))
      }
      case 'for':
        return this.#for(logic)
      case 'some':
      case 'every':
        return this.#quantified(logic)
      case 'unsupported': {
        const { line, element } = logic
        const typer = this.#typer
        const problem = typer.report.error('unsupported', unsupportedSentence(element), { line })
        return { kind: 'invalid', type: 'null', ...NOWHERE, problem }
      }
      default:
        return logic satisfies never
    }
  }

  #literal({ text, line }: LiteralExpression): Node {
    const { scope, report, subject, locals } = this.#typer
    const typer = new Typer(scope, report.at({ text, line }), subject, locals)
    const expression = typeExpression(typer, text)
    return { kind: 'text', type: expression.type, from: 0, to: text.length, text, line, expression }
  }

  #table(table: DecisionTable): Node {
    const { scope, report, locals } = this.#typer
    const { body, type } = typeTable(table, scope, report.at({ line: table.line }), locals)
    return { kind: 'table', type, ...NOWHERE, table: body }
  }

  #context({ entries }: BoxedContext): Node {
    const typer = this.#typer
    const locals = new Locals(typer.locals)
    const typed: { name: string; value: Node }[] = []
    let result: Node | undefined
    for (const { variable, logic, line } of entries) {
      // A new typer for each entry: the names in reach have grown.
      const node = typeBoxed(typer.within(locals), logic)
      if (variable === undefined) {
        result = node
        continue
      }
      const declared = declaredAs(typer.scope.types, variable.typeRef, typer.report.at({ line }))
      const value = asDeclared(node, declared, variable.name)
      locals.bind(variable.name, value.type)
      typed.push({ name: variable.name, value })
    }
    if (result !== undefined) {
      return { kind: 'context', type: result.type, ...NOWHERE, entries: typed, result }
    }
    const fields = typed.map(({ name, value }) => ({ name, type: value.type }))
    return { kind: 'context', type: { kind: 'context', fields }, ...NOWHERE, entries: typed }
  }

  #invocation({ callee, bindings }: BoxedInvocation): Node {
    const typer = this.#typer
    const fn = typeBoxed(typer, callee)
    const args = bindings.map(({ parameter, logic }) => {
      const declared = declaredAs(
        typer.scope.types,
        parameter.typeRef,
        typer.report.at({ line: parameter.line }),
      )
      return asDeclared(typeBoxed(typer, logic), declared, parameter.name)
    })
    const names = bindings.map(({ parameter }) => parameter.name)
    return invocationNode(typer, NOWHERE, fn, args, names)
  }

  #relation({ columns, rows }: BoxedRelation): Node {
    const typer = this.#typer
    const declared = columns.map(column =>
      declaredAs(typer.scope.types, column.typeRef, typer.report.at({ line: column.line })),
    )
    const items = rows.map((row): Node => {
      const entries = row.map((logic, i) => ({
        name: columns[i]?.name ?? '',
        value: asDeclared(typeBoxed(typer, logic), declared[i], columns[i]?.name ?? ''),
      }))
      const fields = entries.map(({ name, value }) => ({ name, type: value.type }))
      // Cells of a row do not see each other; the frame only keeps them out of each other's way.
      return { kind: 'row', type: { kind: 'context', fields }, ...NOWHERE, entries }
    })
    return typeList(NOWHERE, items)
  }

  #for({ variable, in: over, result }: BoxedFor): Node {
    const of = typeBoxed(this.#typer, over)
    const locals = new Locals(this.#typer.locals)
    locals.bind(variable, iteratedType(of.type))
    locals.bind('partial', { kind: 'list', of: 'Any' })
    const node = typeBoxed(this.#typer.within(locals), result)
    const iterators = [{ name: variable, of }]
    return { kind: 'for', type: { kind: 'list', of: node.type }, ...NOWHERE, iterators, result: node }
  }

  #quantified({ kind, variable, in: over, condition }: BoxedQuantified): Node {
    const of = typeBoxed(this.#typer, over)
    const locals = new Locals(this.#typer.locals)
    locals.bind(variable, iteratedType(of.type))
    const node = typeBoxed(this.#typer.within(locals), condition)
    return { kind, type: 'boolean', ...NOWHERE, iterators: [{ name: variable, of }], condition: node }
  }
}

/** A boxed function definition; also the logic of a business knowledge model, which gives it its name. */
export function typeBoxedFunction(
  typer: Typer,
  logic: BoxedFunction,
  name?: string,
  result?: Declared,
): Node {
  const { language, parameters, body, line } = logic
  if (language !== 'FEEL') return externalFunction(typer, NOWHERE)
  const { types } = typer.scope
  const locals = new Locals(typer.locals)
  const typed = parameters.map(each => {
    const declared = declaredAs(types, each.typeRef, typer.report.at({ line: each.line })) ?? ANYTHING
    locals.bind(each.name, declared.type)
    return { name: each.name, declared }
  })
  const node = typeBoxed(typer.within(locals), body)
  const declared = result ?? resultDeclared(declaredAs(types, logic.typeRef, typer.report.at({ line })))
  return functionNode(NOWHERE, typed, node, declared ?? ANYTHING, name)
}

/** A definition is declared as a function type; some files declare its result instead. */
export function resultDeclared(declared: Declared | undefined): Declared | undefined {
  if (declared === undefined) return undefined
  const { type } = declared
  if (typeof type === 'string' || type.kind !== 'function') return declared
  return declared.function?.result ?? { type: type.result, allowed: [] }
}

export function unsupportedSentence(element: string): { zh: string; en: string } {
  if (element === '') {
    return {
      zh: '决策没有逻辑，请添加表达式或决策表。',
      en: 'The decision has no logic; add an expression or a table.',
    }
  }
  return {
    zh: `不支持 ${element} 形式的逻辑，请改用 FEEL 表达式或决策表。`,
    en: `Logic in the form of ${element} does not run; use FEEL or a decision table.`,
  }
}
