/**
 * What a DMN file says, as frozen data: names, texts and who requires whom. FEEL stands here as text; it becomes
 * a typed tree in `check/`, and no back end sees it in this form.
 */
export interface Model {
  /** The file the model was read from, as the caller named it; every message starts with it. */
  readonly file: string
  readonly name: string
  readonly namespace: string
  readonly dmnVersion: '1.2' | '1.3' | '1.4' | '1.5'
  readonly imports: readonly Import[]
  readonly inputs: readonly InputData[]
  readonly types: readonly ItemDefinition[]
  readonly sources: readonly KnowledgeSource[]
  readonly decisions: readonly Decision[]
  readonly knowledgeModels: readonly KnowledgeModel[]
  readonly services: readonly DecisionService[]
  /** Elements the engine does not run: name them, run the rest. */
  readonly unsupported: readonly UnsupportedElement[]
}

/** What every named element carries. `line` is that of its opening tag, from 1. */
export interface Named {
  /** The file it stands in, where that is another than the model's: it came by an import without a name. */
  readonly file?: string
  readonly id: string
  readonly name: string
  readonly label?: string
  readonly description?: string
  readonly line: number
}

/** A name with the type it is declared to have, where the file declares one. */
export interface Variable {
  readonly name: string
  readonly typeRef?: string
  readonly line: number
}

/**
 * Another model, whose elements are known here as `name.element` and whose types as `name.type`. What an import
 * without a name (DMN 1.5) brings stands among the model's own elements; the import itself, with an empty name,
 * stands here only where its model is missing.
 */
export interface Import extends Named {
  readonly namespace: string
  /** Absent where no model of that namespace was given. */
  readonly model?: Model
}

/** An element of this model, or of the import that `import` names. */
export interface Reference {
  readonly name: string
  readonly import?: string
}

export interface ImportedReference extends Reference {
  readonly kind: 'input' | 'decision' | 'knowledge'
  readonly import: string
}

export interface InputData extends Named {
  /** A FEEL type name or the name of an item definition; absent when the file does not say. */
  readonly typeRef?: string
}

export interface ItemDefinition extends Named {
  readonly typeRef?: string
  /** Unary tests, e.g. `"存续","注销"` or `[0..100]`; on a collection each item must meet them (DMN 1.5, 7.3.3). */
  readonly allowedValues?: string
  /** Unary tests the value as a whole must meet; on a collection `?` is the list. */
  readonly typeConstraint?: string
  readonly isCollection: boolean
  readonly components: readonly ItemDefinition[]
  /** The type is one of functions. */
  readonly functionItem?: { readonly parameters: readonly Variable[]; readonly outputTypeRef?: string }
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
    /** Business knowledge models and decision services of this model. */
    readonly knowledge: readonly string[]
    /** What comes from other models. */
    readonly imported: readonly ImportedReference[]
  }
  readonly logic: Logic
}

export interface KnowledgeModel extends Named {
  /** Type of the variable: of the function, or in files that mean its result, of that. */
  readonly typeRef?: string
  readonly requires: {
    readonly knowledge: readonly string[]
    readonly imported: readonly ImportedReference[]
  }
  readonly logic: BoxedFunction
}

/** Decisions that can be called as a function. Its parameters are the inputs, then the input decisions, in order. */
export interface DecisionService extends Named {
  readonly typeRef?: string
  /** One: its value is the result. Several: a context of their names. */
  readonly outputDecisions: readonly Reference[]
  readonly encapsulatedDecisions: readonly Reference[]
  /** Decisions given from outside, not evaluated. */
  readonly inputDecisions: readonly Reference[]
  readonly inputs: readonly Reference[]
}

/** A boxed expression; any of them may stand inside any other. */
export type Logic =
  | LiteralExpression
  | DecisionTable
  | BoxedInvocation
  | BoxedContext
  | BoxedFunction
  | BoxedRelation
  | BoxedList
  | BoxedConditional
  | BoxedFilter
  | BoxedFor
  | BoxedQuantified
  | UnsupportedLogic

/** What every boxed expression carries. */
export interface Boxed {
  readonly id: string
  readonly typeRef?: string
  readonly line: number
}

export interface LiteralExpression {
  readonly kind: 'expression'
  readonly id: string
  readonly text: string
  readonly typeRef?: string
  readonly line: number
}

export interface BoxedInvocation extends Boxed {
  readonly kind: 'invocation'
  /** What is called, usually the name of a business knowledge model. */
  readonly callee: Logic
  readonly bindings: readonly { readonly parameter: Variable; readonly logic: Logic }[]
}

export interface BoxedContext extends Boxed {
  readonly kind: 'context'
  /** An entry sees those before it. The one without a variable is the last, and its value that of the context. */
  readonly entries: readonly { readonly variable?: Variable; readonly logic: Logic; readonly line: number }[]
}

export interface BoxedFunction extends Boxed {
  readonly kind: 'function'
  /** Java and PMML are named, never run. */
  readonly language: 'FEEL' | 'Java' | 'PMML'
  readonly parameters: readonly Variable[]
  readonly body: Logic
}

export interface BoxedRelation extends Boxed {
  readonly kind: 'relation'
  readonly columns: readonly Variable[]
  /** Each as long as `columns`. */
  readonly rows: readonly (readonly Logic[])[]
}

export interface BoxedList extends Boxed {
  readonly kind: 'list'
  readonly items: readonly Logic[]
}

export interface BoxedConditional extends Boxed {
  readonly kind: 'conditional'
  readonly condition: Logic
  readonly whenTrue: Logic
  readonly otherwise: Logic
}

export interface BoxedFilter extends Boxed {
  readonly kind: 'filter'
  readonly in: Logic
  readonly match: Logic
}

export interface BoxedFor extends Boxed {
  readonly kind: 'for'
  readonly variable: string
  readonly in: Logic
  readonly result: Logic
}

export interface BoxedQuantified extends Boxed {
  readonly kind: 'some' | 'every'
  readonly variable: string
  readonly in: Logic
  readonly condition: Logic
}

/** Logic in another language (`element` says which), or none at all (`element` is then `''`). */
export interface UnsupportedLogic {
  readonly kind: 'unsupported'
  readonly element: string
  readonly line: number
}

export type HitPolicy = 'U' | 'A' | 'P' | 'F' | 'R' | 'O' | 'C' | 'C+' | 'C#' | 'C<' | 'C>'

export interface DecisionTable extends Boxed {
  readonly kind: 'table'
  readonly hitPolicy: HitPolicy
  readonly columns: readonly InputClause[]
  readonly outputs: readonly OutputClause[]
  /** Names of the annotation columns. */
  readonly annotations: readonly string[]
  readonly rules: readonly Rule[]
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
  /** Types of the output entries, where any of them declares its own. */
  readonly outputTypeRefs?: readonly (string | undefined)[]
  readonly annotations: readonly string[]
  readonly line: number
}
