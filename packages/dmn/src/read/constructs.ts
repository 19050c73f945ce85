import { takeNewName } from './name-reading.ts'
import { type Names, NO_FIELDS } from './names.ts'
import { define, type Reach } from './reach.ts'
import type { Scanner } from './scanner.ts'
import type { IteratorSyntax, ParameterSyntax, Span, Syntax } from './syntax.ts'
import type { TypeParser } from './type-parser.ts'

/** What the constructs need of the parser around them. */
export interface Reading {
  readonly in: Scanner
  readonly reach: Reach
  readonly types: TypeParser
  expression(): Syntax
  span(from: number): Span
}

/** `if`, `for`, `some`, `every` and `function`, each from its own word on (DMN 1.5, 10.3.1.2, rules 46 to 48 and 57). */
export const CONSTRUCTS: ReadonlyMap<string, (p: Reading, from: number) => Syntax> = new Map(
  Object.entries({
    if: readIf,
    for: readFor,
    some: (p: Reading, from: number) => readQuantified(p, from, 'some'),
    every: (p: Reading, from: number) => readQuantified(p, from, 'every'),
    function: readFunction,
  }),
)

function readIf(p: Reading, from: number): Syntax {
  p.in.takesWord('if')
  const condition = p.expression()
  p.in.expectsWord('then')
  const whenTrue = p.expression()
  p.in.expectsWord('else')
  const otherwise = p.expression()
  const fields = p.reach.fieldsOfAll([whenTrue, otherwise])
  return p.reach.know({ ...p.span(from), kind: 'if', condition, whenTrue, otherwise }, fields)
}

function readFor(p: Reading, from: number): Syntax {
  p.in.takesWord('for')
  const outer = p.reach.scope
  const iterators = readIterators(p)
  p.in.expectsWord('return')
  const result = p.reach.within({ partial: 1 }, () => p.expression())
  p.reach.scope = outer
  return p.reach.know({ ...p.span(from), kind: 'for', iterators, result }, p.reach.fieldsOf(result))
}

function readQuantified(p: Reading, from: number, kind: 'some' | 'every'): Syntax {
  p.in.takesWord(kind)
  const outer = p.reach.scope
  const iterators = readIterators(p)
  p.in.expectsWord('satisfies')
  const condition = p.expression()
  p.reach.scope = outer
  return { ...p.span(from), kind, iterators, condition }
}

/** Each is in reach of those after it, and of what follows. */
function readIterators(p: Reading): IteratorSyntax[] {
  const iterators: IteratorSyntax[] = []
  do {
    const { at } = p.in
    const name = takeNewName(p.in, word => word === 'in')
    p.in.expectsWord('in')
    const list = p.expression()
    const upTo = p.in.takes('..') ? p.expression() : undefined
    iterators.push({ ...p.span(at), name, in: list, ...(upTo === undefined ? {} : { upTo }) })
    p.reach.add({ [name]: p.reach.fieldsOf(list) })
  } while (p.in.takes(','))
  return iterators
}

function readFunction(p: Reading, from: number): Syntax {
  p.in.takesWord('function')
  p.in.expects('(')
  const parameters: ParameterSyntax[] = []
  const names: Record<string, Names | 1> = {}
  if (!p.in.looksAt(')')) {
    do {
      const { at } = p.in
      const name = takeNewName(p.in, () => false)
      const type = p.in.takes(':') ? p.types.type() : undefined
      parameters.push({ ...p.span(at), name, ...(type === undefined ? {} : { type }) })
      define(names, name, type === undefined ? NO_FIELDS : p.types.fieldsOf(type))
    } while (p.in.takes(','))
  }
  p.in.expects(')')
  const external = p.in.takesWord('external')
  const body = p.reach.within(names, () => p.expression())
  return { ...p.span(from), kind: 'function', parameters, external, body }
}
