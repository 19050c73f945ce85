import { normalizeName } from './characters.ts'
import type { Elements } from './elements.ts'
import type { DecisionTable, HitPolicy, InputClause, OutputClause, Rule } from './model.ts'
import type { XmlElement } from './xml.ts'

const HIT_POLICIES: ReadonlyMap<string, HitPolicy> = new Map<string, HitPolicy>(
  Object.entries({
    UNIQUE: 'U',
    ANY: 'A',
    PRIORITY: 'P',
    FIRST: 'F',
    'RULE ORDER': 'R',
    'OUTPUT ORDER': 'O',
    COLLECT: 'C',
  }),
)

const AGGREGATIONS: ReadonlyMap<string, HitPolicy> = new Map<string, HitPolicy>(
  Object.entries({ SUM: 'C+', COUNT: 'C#', MIN: 'C<', MAX: 'C>' }),
)

/** A decision table, alone or inside another boxed expression. */
export function readTable(at: Elements, table: XmlElement): DecisionTable {
  const columns = at.all(table, 'input').map(element => readColumn(at, element))
  const outputs = at.all(table, 'output').map(element => readOutput(at, element))
  if (outputs.length === 0) {
    throw at.refuse(
      table,
      '决策表没有结果列，请至少添加一列。',
      'The table has no output column; add at least one.',
    )
  }
  const annotations = at.all(table, 'annotation').map(element => at.attribute(element, 'name') ?? '')
  return {
    kind: 'table',
    ...at.boxed(table),
    hitPolicy: readHitPolicy(at, table),
    columns,
    outputs,
    annotations,
    rules: at.all(table, 'rule').map((rule, i) => readRule(at, rule, i + 1, columns.length, outputs.length)),
  }
}

function readHitPolicy(at: Elements, table: XmlElement): HitPolicy {
  const written = at.attribute(table, 'hitPolicy') ?? 'UNIQUE'
  const policy = HIT_POLICIES.get(written)
  if (policy === undefined) {
    throw at.refuse(table, `未知的命中策略“${written}”。`, `There is no hit policy "${written}".`)
  }
  const aggregation = at.attribute(table, 'aggregation')
  if (policy !== 'C' || aggregation === undefined) return policy
  const collected = AGGREGATIONS.get(aggregation)
  if (collected === undefined) {
    throw at.refuse(table, `未知的汇总方式“${aggregation}”。`, `There is no aggregation "${aggregation}".`)
  }
  return collected
}

function readColumn(at: Elements, element: XmlElement): InputClause {
  const expression = at.find(element, 'inputExpression')
  const values = at.feelOf(at.find(element, 'inputValues'))
  return {
    ...at.described(element),
    expression: at.feelOf(expression),
    ...(expression === undefined ? {} : at.typeRefOf(expression)),
    ...(values === '' ? {} : { inputValues: values }),
  }
}

function readOutput(at: Elements, element: XmlElement): OutputClause {
  const written = at.attribute(element, 'name')
  const name = written === undefined ? undefined : normalizeName(written)
  const values = at.feelOf(at.find(element, 'outputValues'))
  const defaultOutput = at.feelOf(at.find(element, 'defaultOutputEntry'))
  return {
    ...at.described(element),
    ...(name === undefined ? {} : { name }),
    ...at.typeRefOf(element),
    ...(values === '' ? {} : { outputValues: values }),
    ...(defaultOutput === '' ? {} : { defaultOutput }),
  }
}

function readRule(at: Elements, element: XmlElement, number: number, columns: number, outputs: number): Rule {
  const inputEntries = at.all(element, 'inputEntry').map(entry => at.feelOf(entry))
  const outputElements = at.all(element, 'outputEntry')
  const outputEntries = outputElements.map(entry => at.feelOf(entry))
  const outputTypeRefs = outputElements.map(entry => at.typeRefOf(entry).typeRef)
  if (inputEntries.length !== columns || outputEntries.length !== outputs) {
    throw at.refuse(
      element,
      `规则 ${number} 有 ${inputEntries.length} 个条件、${outputEntries.length} 个结果，表头为 ${columns} 个条件、${outputs} 个结果。请补齐。`,
      `Rule ${number} has ${inputEntries.length} conditions and ${outputEntries.length} outputs where the table has ${columns} and ${outputs}. Fill it in.`,
    )
  }
  return {
    ...at.described(element),
    inputs: inputEntries,
    outputs: outputEntries,
    ...(outputTypeRefs.some(each => each !== undefined) ? { outputTypeRefs } : {}),
    annotations: at.all(element, 'annotationEntry').map(entry => at.feelOf(entry)),
  }
}
