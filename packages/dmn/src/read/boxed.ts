import type { Elements } from './elements.ts'
import type { BoxedFunction, Logic, UnsupportedLogic } from './model.ts'
import { readTable } from './table.ts'
import type { XmlElement } from './xml.ts'

/** Elements that are expressions; any may stand wherever DMN wants one. */
const EXPRESSIONS: ReadonlySet<string> = new Set([
  ...[
    'literalExpression',
    'decisionTable',
    'invocation',
    'context',
    'relation',
    'list',
    'functionDefinition',
  ],
  ...['conditional', 'filter', 'for', 'some', 'every'],
])

/** The expression inside an element: a decision, an entry, a binding, a branch. */
export function readLogic(at: Elements, parent: XmlElement | undefined, line = parent?.line ?? 0): Logic {
  const element = parent && expressionsIn(at, parent)[0]
  return element === undefined ? { kind: 'unsupported', element: '', line } : readExpression(at, element)
}

/** A function as `<functionDefinition>` or `<encapsulatedLogic>` has it. */
export function readFunction(at: Elements, element: XmlElement): BoxedFunction {
  const written = at.attribute(element, 'kind') ?? 'FEEL'
  if (written !== 'FEEL' && written !== 'Java' && written !== 'PMML') {
    throw at.refuse(
      element,
      `函数的种类“${written}”无法识别，应为 FEEL、Java 或 PMML。`,
      `There is no kind of function "${written}"; it is FEEL, Java or PMML.`,
    )
  }
  return {
    kind: 'function',
    ...at.boxed(element),
    language: written,
    parameters: at.all(element, 'formalParameter').map(parameter => at.variable(parameter)),
    body: readLogic(at, element),
  }
}

function expressionsIn(at: Elements, parent: XmlElement): XmlElement[] {
  return parent.children.filter(child => EXPRESSIONS.has(child.name) && at.isDmn(child))
}

function readExpression(at: Elements, element: XmlElement): Logic {
  switch (element.name) {
    case 'literalExpression':
      return readLiteral(at, element)
    case 'decisionTable':
      return readTable(at, element)
    case 'functionDefinition':
      return readFunction(at, element)
    case 'invocation':
      return {
        kind: 'invocation',
        ...at.boxed(element),
        callee: readLogic(at, element),
        bindings: at.all(element, 'binding').map(binding => readBinding(at, binding)),
      }
    case 'context':
      return {
        kind: 'context',
        ...at.boxed(element),
        entries: at.all(element, 'contextEntry').map(entry => {
          const variable = at.find(entry, 'variable')
          return {
            line: entry.line,
            ...(variable === undefined ? {} : { variable: at.variable(variable) }),
            logic: readLogic(at, entry),
          }
        }),
      }
    case 'relation':
      return readRelation(at, element)
    case 'list':
      return {
        kind: 'list',
        ...at.boxed(element),
        items: expressionsIn(at, element).map(item => readExpression(at, item)),
      }
    case 'conditional':
      return {
        kind: 'conditional',
        ...at.boxed(element),
        condition: part(at, element, 'if'),
        whenTrue: part(at, element, 'then'),
        otherwise: part(at, element, 'else'),
      }
    case 'filter':
      return {
        kind: 'filter',
        ...at.boxed(element),
        in: part(at, element, 'in'),
        match: part(at, element, 'match'),
      }
    case 'for':
      return {
        kind: 'for',
        ...at.boxed(element),
        variable: at.nameOf(element, 'iteratorVariable'),
        in: part(at, element, 'in'),
        result: part(at, element, 'return'),
      }
    case 'some':
    case 'every':
      return {
        kind: element.name,
        ...at.boxed(element),
        variable: at.nameOf(element, 'iteratorVariable'),
        in: part(at, element, 'in'),
        condition: part(at, element, 'satisfies'),
      }
    default:
      return unsupported(element, element.name)
  }
}

function readLiteral(at: Elements, element: XmlElement): Logic {
  const language = at.languageOf(element)
  if (language !== undefined) return unsupported(element, language)
  const imported = at.find(element, 'importedValues')
  if (imported !== undefined) return unsupported(imported, 'importedValues')
  return { kind: 'expression', ...at.boxed(element), text: at.feelOf(element) }
}

function readBinding(
  at: Elements,
  binding: XmlElement,
): { parameter: ReturnType<Elements['variable']>; logic: Logic } {
  const parameter = at.find(binding, 'parameter')
  if (parameter === undefined) {
    throw at.refuse(
      binding,
      '调用中的参数没有名称，请补上 <parameter>。',
      'A binding names no parameter; add <parameter>.',
    )
  }
  return { parameter: at.variable(parameter), logic: readLogic(at, binding) }
}

function readRelation(at: Elements, element: XmlElement): Logic {
  const columns = at.all(element, 'column').map(column => at.variable(column))
  const rows = at.all(element, 'row').map(row => {
    const cells = expressionsIn(at, row).map(cell => readExpression(at, cell))
    if (cells.length === columns.length) return cells
    throw at.refuse(
      row,
      `关系表的一行有 ${cells.length} 格，表头为 ${columns.length} 列。请补齐。`,
      `A row of the relation has ${cells.length} cells where there are ${columns.length} columns. Fill it in.`,
    )
  })
  return { kind: 'relation', ...at.boxed(element), columns, rows }
}

function part(at: Elements, element: XmlElement, name: string): Logic {
  return readLogic(at, at.find(element, name), element.line)
}

function unsupported(element: XmlElement, what: string): UnsupportedLogic {
  return { kind: 'unsupported', element: what, line: element.line }
}
