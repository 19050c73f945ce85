import type { Problem } from '../problem.ts'
import type {
  Decision,
  DecisionService,
  HitPolicy,
  InputData,
  KnowledgeModel,
  KnowledgeSource,
  Model,
} from '../read/model.ts'
import type { FunctionType, Type } from '../value/type.ts'
import type { Allowed, Declared } from './declared.ts'
import type { Node } from './node.ts'
import type { Test } from './test.ts'

/**
 * A whole model with all it imports, typed. Back ends start here; texts in it are for display. Elements go by the
 * name the model knows them under, that of an imported one with the name of the import before it.
 */
export interface Program {
  readonly model: Model
  readonly inputs: ReadonlyMap<string, TypedInput>
  /** In an order in which each stands after those it requires. */
  readonly decisions: ReadonlyMap<string, TypedDecision>
  readonly knowledge: ReadonlyMap<string, TypedKnowledge>
  readonly problems: readonly Problem[]
}

export interface TypedInput {
  readonly data: InputData
  readonly file: string
  readonly type: Type
  /** Tests a value must pass. A value that does not is taken as null. */
  readonly allowed: readonly Allowed[]
  /** Type and tests with those of items and components. */
  readonly declared: Declared
}

export interface TypedDecision {
  readonly decision: Decision
  readonly file: string
  readonly type: Type
  /** What its variable declares; absent where the file does not say. */
  readonly declared?: Declared
  readonly requires: { readonly inputs: readonly string[]; readonly decisions: readonly string[] }
  readonly sources: readonly KnowledgeSource[]
  readonly body: Body
  /** What a table's result must be brought to when it is there, in this order; absent where it surely conforms. */
  readonly coerce?: readonly Declared[]
}

export type TypedKnowledge = TypedModel | TypedService

/** A business knowledge model. */
export interface TypedModel {
  readonly kind: 'model'
  readonly model: KnowledgeModel
  readonly file: string
  /** Absent where it could not be typed; that has been reported. */
  readonly type?: FunctionType
  /** A function node, which sees other knowledge and nothing else from outside. */
  readonly function: Node
}

/** Decisions called as a function: worked out anew from the arguments, whatever the run around it has. */
export interface TypedService {
  readonly kind: 'service'
  readonly service: DecisionService
  readonly file: string
  readonly type: FunctionType
  readonly parameters: readonly {
    readonly name: string
    readonly key: string
    readonly kind: 'input' | 'decision'
    readonly declared: Declared
  }[]
  readonly outputs: readonly { readonly name: string; readonly key: string }[]
  readonly result: Declared
}

export type Body = ExpressionBody | TableBody | BoxedBody | UnsupportedBody

/** A boxed expression other than a literal one or a table; runs one by one only. */
export interface BoxedBody {
  readonly kind: 'boxed'
  /** The DMN element: context, invocation, relation, … */
  readonly element: string
  readonly node: Node
  readonly line: number
}

export interface ExpressionBody {
  readonly kind: 'expression'
  readonly expression: TypedText
}

/** A node with the text it was written as, and the line it stands on. */
export interface TypedText {
  readonly node: Node
  readonly text: string
  readonly line: number
}

export interface TableBody {
  readonly kind: 'table'
  readonly hitPolicy: HitPolicy
  readonly columns: readonly TypedColumn[]
  readonly outputs: readonly TypedOutput[]
  readonly rules: readonly TypedRule[]
}

export interface TypedColumn {
  readonly label: string
  readonly expression: TypedText
}

export interface TypedOutput {
  readonly name?: string
  readonly label?: string
  readonly type: Type
  /** Highest first; empty when the table declares no output values. */
  readonly priorities: readonly Node[]
  readonly default?: TypedText
}

export interface TypedRule {
  readonly number: number
  readonly label?: string
  readonly description?: string
  readonly line: number
  readonly cells: readonly { readonly test: Test; readonly text: string }[]
  readonly outputs: readonly TypedText[]
  readonly annotations: readonly { readonly name: string; readonly text: string }[]
}

export interface UnsupportedBody {
  readonly kind: 'unsupported'
  readonly problem: Problem
}
