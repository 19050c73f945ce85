import type { Problem } from '../problem.ts'
import type { Decision, HitPolicy, InputData, KnowledgeSource, Model } from '../read/model.ts'
import type { Node } from './node.ts'
import type { Test } from './test.ts'
import type { ScalarType, Type } from './type.ts'

/** A whole model, typed. Back ends start here; texts in it are for display. */
export interface Program {
  readonly model: Model
  readonly inputs: ReadonlyMap<string, TypedInput>
  /** In an order in which each stands after those it requires. */
  readonly decisions: ReadonlyMap<string, TypedDecision>
  readonly problems: readonly Problem[]
}

export interface TypedInput {
  readonly data: InputData
  readonly type: ScalarType
  /** Tests a value must pass, those of a base type first. A value that does not is taken as null. */
  readonly allowed: readonly { readonly test: Test; readonly text: string }[]
}

export interface TypedDecision {
  readonly decision: Decision
  readonly type: Type
  readonly requires: { readonly inputs: readonly string[]; readonly decisions: readonly string[] }
  readonly sources: readonly KnowledgeSource[]
  readonly body: Body
}

export type Body = ExpressionBody | TableBody | UnsupportedBody

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
