import { programOf } from '../check/program.ts'
import type { Program, TypedDecision, TypedOutput } from '../node/program.ts'
import type { Model } from '../read/model.ts'
import type { Type } from '../value/type.ts'
import { enumerationOf } from './enumeration.ts'
import { literalText, propertyName } from './literal-text.ts'
import { inputText, outputText } from './type-text.ts'

/**
 * A TypeScript module with the types of each decision of a model: its name, the inputs it reads, directly or through
 * other decisions, and what it gives. A list of allowed texts is a union of them; each value may be null, which is
 * "not known".
 *
 * @param options.from  what the module imports the engine's types from; `@millrace/dmn` unless said
 * @param options.name  name of the type; `Model` unless said
 * @returns the text of the module, the same for the same model
 *
 * @example
 * const text = typesOf(model)
 * // export type Model = { readonly 贴息金额: { readonly decision: '贴息金额'; readonly inputs: { … } … } }
 */
export function typesOf(
  model: Model,
  options: { readonly from?: string; readonly name?: string } = {},
): string {
  const { from = '@millrace/dmn', name = 'Model' } = options
  const program = programOf(model)
  const decisions = [...program.decisions.values()].map(typed => decisionText(program, typed))
  const body = `export type ${name} = {\n${decisions.join('\n')}\n}\n`
  const used = ['NumberInput', 'Plain', 'PlainInput', 'RangeInput'].filter(each =>
    new RegExp(`(?<![\\p{ID_Continue}'"])${each}\\b`, 'u').test(body),
  )
  const imports = used.length === 0 ? '' : `import type { ${used.join(', ')} } from '${from}'\n\n`
  return `// Written from ${oneLine(model.file)} by typesOf of @millrace/dmn: edit the model, not this file.\n${imports}${body}`
}

function decisionText(program: Program, typed: TypedDecision): string {
  const { decision } = typed
  const inputs = inputsOf(program, typed).flatMap(name => {
    const input = program.inputs.get(name)
    if (input === undefined) return []
    return [`      readonly ${propertyName(name)}: ${inputText(input.type, input.declared)}`]
  })
  return [
    `  readonly ${propertyName(decision.name)}: {`,
    `    readonly decision: ${literalText(decision.name)}`,
    inputs.length === 0 ? '    readonly inputs: {}' : `    readonly inputs: {\n${inputs.join('\n')}\n    }`,
    `    readonly output: ${resultText(typed)}`,
    '  }',
  ].join('\n')
}

/** In the order of the model. */
function inputsOf(program: Program, asked: TypedDecision): string[] {
  const needed = new Set<string>()
  const seen = new Set<TypedDecision>()
  const open = [asked]
  for (let typed = open.pop(); typed !== undefined; typed = open.pop()) {
    if (seen.has(typed)) continue
    seen.add(typed)
    for (const name of typed.requires.inputs) needed.add(name)
    for (const name of typed.requires.decisions) {
      const required = program.decisions.get(name)
      if (required !== undefined) open.push(required)
    }
  }
  return [...program.inputs.keys()].filter(name => needed.has(name))
}

/** A table may say more of its outputs than its variable does. */
function resultText({ type, declared, body }: TypedDecision): string {
  if (body.kind !== 'table') return outputText(type, declared)
  const values = body.outputs.map(output => valuesOf(output))
  const [only] = values
  const isList = typeof type === 'object' && type.kind === 'list'
  const of = isList ? type.of : type
  const restricted = isList ? declared?.items : declared
  const text =
    body.outputs.length === 1 && only !== undefined
      ? `${only} | null`
      : outputText(of, restricted, fieldsOf(body.outputs, of, values))
  return isList ? `readonly (${text})[] | null` : text
}

function fieldsOf(
  outputs: readonly TypedOutput[],
  type: Type,
  values: readonly (string | undefined)[],
): ReadonlyMap<string, string> {
  if (typeof type === 'string' || type.kind !== 'context') return new Map()
  return new Map(
    outputs.flatMap(({ name }, o) => {
      const text = values[o]
      return name === undefined || text === undefined ? [] : [[name, text] as const]
    }),
  )
}

/** The texts an output's values list; an output that is none of them is null. */
function valuesOf({ priorities, type }: TypedOutput): string | undefined {
  return type === 'string' ? enumerationOf(priorities) : undefined
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
