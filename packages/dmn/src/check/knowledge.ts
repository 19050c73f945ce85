import { ANYTHING, type Declared } from '../node/declared.ts'
import type { TypedDecision, TypedInput, TypedModel, TypedService } from '../node/program.ts'
import type { DecisionService, KnowledgeModel } from '../read/model.ts'
import type { FunctionType, Type } from '../value/type.ts'
import { resultDeclared, typeBoxedFunction } from './boxed.ts'
import { declaredAs } from './declarations.ts'
import { keyOf, type Placed } from './elements.ts'
import { Typer } from './expression.ts'
import type { Reporter, Scope } from './scope.ts'
import type { TypeNames } from './type-names.ts'

/** A business knowledge model: its function, brought to the declared result. */
export function typeKnowledgeModel(
  model: KnowledgeModel,
  key: string,
  file: string,
  scope: Scope,
  report: Reporter,
): TypedModel {
  const result = resultDeclared(declaredAs(scope.types, model.typeRef, report))
  const typer = new Typer(scope, report)
  const node = typeBoxedFunction(typer, model.logic, key, result)
  const type = typeof node.type === 'object' && node.type.kind === 'function' ? node.type : undefined
  return { kind: 'model', model: { ...model, name: key }, file, function: node, ...(type ? { type } : {}) }
}

/** What a function that is not typed yet is known to be, for those that call it in a circle. */
export function declaredFunction(model: KnowledgeModel, types: TypeNames): FunctionType {
  const resolve = (typeRef: string | undefined): Type => {
    const declared = typeRef === undefined ? undefined : types.resolve(typeRef)
    return declared !== undefined && 'type' in declared ? declared.type : 'Any'
  }
  return {
    kind: 'function',
    parameters: model.logic.parameters.map(({ name, typeRef }) => ({ name, type: resolve(typeRef) })),
    result: 'Any',
  }
}

/** A decision service: a function of its inputs and input decisions (DMN 1.5, 10.4). */
export function typeService(
  service: DecisionService,
  from: Placed,
  types: TypeNames,
  typed: {
    readonly inputs: ReadonlyMap<string, TypedInput>
    readonly decisions: ReadonlyMap<string, TypedDecision>
  },
  report: Reporter,
): TypedService {
  const own = declaredAs(types, service.typeRef, report)
  const parameters = [
    ...service.inputs.map(each => {
      const key = keyOf(from, each)
      const declared = typed.inputs.get(key)?.declared ?? ANYTHING
      return { name: each.name, key, kind: 'input' as const, declared }
    }),
    ...service.inputDecisions.map(each => {
      const key = keyOf(from, each)
      const decision = typed.decisions.get(key)
      const declared: Declared = decision?.declared ?? ANYTHING
      return { name: each.name, key, kind: 'decision' as const, declared }
    }),
  ].map(parameter => {
    // Its own type says more of the parameters than what they stand for.
    const stated = own?.function?.parameters.find(each => each.name === parameter.name)?.declared
    return stated === undefined || stated.type === 'Any' ? parameter : { ...parameter, declared: stated }
  })
  const outputs = service.outputDecisions.map(each => ({ name: each.name, key: keyOf(from, each) }))
  const typeOf = (key: string): Type => typed.decisions.get(key)?.type ?? 'Any'
  const [only] = outputs
  const of: Type =
    outputs.length === 1 && only
      ? typeOf(only.key)
      : { kind: 'context', fields: outputs.map(({ name, key }) => ({ name, type: typeOf(key) })) }
  const declared = resultDeclared(own) ?? ANYTHING
  const result: Type = declared.type === 'Any' ? (of === 'null' ? 'Any' : of) : declared.type
  const type: FunctionType = {
    kind: 'function',
    parameters: parameters.map(each => ({ name: each.name, type: each.declared.type })),
    result,
  }
  return {
    kind: 'service',
    service: { ...service, name: from.prefix + service.name },
    file: from.model.file,
    type,
    parameters,
    outputs,
    result: declared,
  }
}
