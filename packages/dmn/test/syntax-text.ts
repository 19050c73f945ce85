import type { Syntax, TestSyntax, TypeSyntax, UnaryTests } from '../src/read/syntax.ts'

/** A tree as a line: `(+ 1 (* 甲 2))`. For tests that say how a text is understood. */
export function textOf(syntax: Syntax): string {
  switch (syntax.kind) {
    case 'number':
      return syntax.digits
    case 'string':
      return JSON.stringify(syntax.value)
    case 'boolean':
      return String(syntax.value)
    case 'null':
      return 'null'
    case 'at':
      return `@${syntax.value}`
    case 'name':
      return `‹${syntax.name}›`
    case 'subject':
      return '?'
    case 'path':
      return `(. ${textOf(syntax.of)} ${syntax.name})`
    case 'filter':
      return `(filter ${textOf(syntax.of)} ${textOf(syntax.condition)})`
    case 'negate':
      return `(- ${textOf(syntax.operand)})`
    case 'arithmetic':
    case 'compare':
      return `(${syntax.operator} ${textOf(syntax.left)} ${textOf(syntax.right)})`
    case 'and':
    case 'or':
      return `(${syntax.kind} ${textOf(syntax.left)} ${textOf(syntax.right)})`
    case 'if':
      return `(if ${textOf(syntax.condition)} ${textOf(syntax.whenTrue)} ${textOf(syntax.otherwise)})`
    case 'between':
      return `(between ${textOf(syntax.operand)} ${textOf(syntax.low)} ${textOf(syntax.high)})`
    case 'in':
      return `(in ${textOf(syntax.operand)}${listed(syntax.tests.map(textOfTest))})`
    case 'call':
      return `(call ${textOf(syntax.callee)}${listed(syntax.args.map(arg => (arg.name === undefined ? '' : `${arg.name}: `) + textOf(arg.value)))})`
    case 'instance of':
      return `(instance of ${textOf(syntax.operand)} ${textOfType(syntax.type)})`
    case 'for':
      return `(for${iterators(syntax.iterators)} ${textOf(syntax.result)})`
    case 'some':
    case 'every':
      return `(${syntax.kind}${iterators(syntax.iterators)} ${textOf(syntax.condition)})`
    case 'list':
      return `[${syntax.items.map(textOf).join(' ')}]`
    case 'context':
      return `{${syntax.entries.map(({ key, value }) => `${key}: ${textOf(value)}`).join(', ')}}`
    case 'function': {
      const parameters = syntax.parameters.map(({ name, type }) =>
        type === undefined ? name : `${name}: ${textOfType(type)}`,
      )
      return `(function (${parameters.join(', ')}) ${syntax.external ? 'external ' : ''}${textOf(syntax.body)})`
    }
    case 'range':
      return textOfTest(syntax)
    case 'half range':
      return `(range ${syntax.operator} ${textOf(syntax.bound)})`
    case 'unsupported':
      return `(unsupported ${syntax.what})`
    default:
      return syntax satisfies never
  }
}

export function textOfTests({ tests, negated }: UnaryTests): string {
  const all = tests.map(textOfTest).join(', ')
  return negated ? `not(${all})` : all
}

function textOfTest(test: TestSyntax): string {
  switch (test.kind) {
    case 'comparison':
      return `${test.operator} ${textOf(test.bound)}`
    case 'range':
      return `${test.lowClosed ? '[' : '('}${textOf(test.low)}..${textOf(test.high)}${test.highClosed ? ']' : ')'}`
    case 'expression':
      return textOf(test.expression)
    default:
      return test satisfies never
  }
}

function textOfType(type: TypeSyntax): string {
  switch (type.kind) {
    case 'named':
      return `‹${type.name}›`
    case 'list':
    case 'range':
      return `${type.kind}<${textOfType(type.of)}>`
    case 'context':
      return `context<${type.fields.map(field => `${field.name}: ${textOfType(field.type)}`).join(', ')}>`
    case 'function':
      return `function<${type.parameters.map(textOfType).join(', ')}> -> ${textOfType(type.result)}`
    default:
      return type satisfies never
  }
}

function iterators(all: (Syntax & { kind: 'for' })['iterators']): string {
  return listed(
    all.map(
      ({ name, in: list, upTo }) =>
        `${name} in ${textOf(list)}${upTo === undefined ? '' : `..${textOf(upTo)}`}`,
    ),
    ', ',
  )
}

function listed(parts: readonly string[], separator = ' '): string {
  return parts.length === 0 ? '' : ` ${parts.join(separator)}`
}
