/**
 * What a DMN file says, as frozen data: names, texts and who requires whom. FEEL stands here as text; it becomes
 * a typed tree in `check/`, and no back end sees it in this form.
 */
export interface Model {
  /** The file the model was read from, as the caller named it; every message starts with it. */
  readonly file: string
  readonly name: string
  readonly namespace: string
  readonly dmnVersion: '1.3' | '1.4' | '1.5'
  readonly inputs: readonly InputData[]
  readonly types: readonly ItemDefinition[]
  readonly sources: readonly KnowledgeSource[]
  readonly decisions: readonly Decision[]
  /** Elements the engine does not run yet (business knowledge models, imports, services): name them, run the rest. */
  readonly unsupported: readonly UnsupportedElement[]
}

/** What every named element carries. `line` is that of its opening tag, from 1. */
export interface Named {
  readonly id: string
  readonly name: string
  readonly label?: string
  readonly description?: string
  readonly line: number
}

export interface InputData extends Named {
  /** A FEEL type name or the name of an item definition; absent when the file does not say. */
  readonly typeRef?: string
}

export interface ItemDefinition extends Named {
  readonly typeRef?: string
  /** Unary tests, e.g. `"存续","注销"` or `[0..100]`. */
  readonly allowedValues?: string
  readonly isCollection: boolean
  readonly components: readonly ItemDefinition[]
}

/** The clause a rule comes from: 文号、条款, with the address of the text. */
export interface KnowledgeSource extends Named {
  readonly type?: string
  readonly locationURI?: string
}

export interface UnsupportedElement extends Named {
  readonly element: string
}

export interface Decision extends Named {
  readonly question?: string
  readonly typeRef?: string
  readonly requires: {
    /** Names, in the order of the file. */
    readonly inputs: readonly string[]
    readonly decisions: readonly string[]
    readonly sources: readonly string[]
    /** Business knowledge models; not run yet. */
    readonly knowledge: readonly string[]
  }
  readonly logic: Logic
}

export type Logic = LiteralExpression | DecisionTable | UnsupportedLogic

export interface LiteralExpression {
  readonly kind: 'expression'
  readonly text: string
  readonly typeRef?: string
  readonly line: number
}

/** A boxed expression of a kind that is not run yet, or no logic at all (`element` is then `''`). */
export interface UnsupportedLogic {
  readonly kind: 'unsupported'
  readonly element: string
  readonly line: number
}

export type HitPolicy = 'U' | 'A' | 'P' | 'F' | 'R' | 'O' | 'C' | 'C+' | 'C#' | 'C<' | 'C>'

export interface DecisionTable {
  readonly kind: 'table'
  readonly hitPolicy: HitPolicy
  readonly columns: readonly InputClause[]
  readonly outputs: readonly OutputClause[]
  /** Names of the annotation columns. */
  readonly annotations: readonly string[]
  readonly rules: readonly Rule[]
  readonly line: number
}

export interface InputClause {
  readonly id: string
  readonly label?: string
  readonly description?: string
  readonly expression: string
  readonly typeRef?: string
  /** Unary tests the column's values are expected to satisfy. */
  readonly inputValues?: string
  readonly line: number
}

export interface OutputClause {
  readonly id: string
  /** Absent for the one output of a table with a single output. */
  readonly name?: string
  readonly label?: string
  readonly description?: string
  readonly typeRef?: string
  /** Unary tests, highest priority first for the hit policies P and O. */
  readonly outputValues?: string
  readonly defaultOutput?: string
  readonly line: number
}

export interface Rule {
  readonly id: string
  readonly label?: string
  readonly description?: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly annotations: readonly string[]
  readonly line: number
}
