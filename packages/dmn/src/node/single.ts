import type { Type } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import type { Declared } from './declared.ts'
import type { Base, Node, OrderOperator } from './node.ts'
import type { TableBody } from './program.ts'

/** Nodes only the evaluator runs: values that are no scalars, and operators whose operands are not known before. */
export type SingleNode =
  | ConstantNode
  | LocalNode
  | ItemNameNode
  | ListNode
  | ContextNode
  | RowNode
  | RangeNode
  | HalfRangeNode
  | PathNode
  | FilterNode
  | ForNode
  | QuantifiedNode
  | FunctionNode
  | InvokeNode
  | BuiltInNode
  | BuiltInValueNode
  | OperateNode
  | DynamicNegateNode
  | DynamicCompareNode
  | DynamicEqualNode
  | DynamicLogicNode
  | DynamicBetweenNode
  | ChooseNode
  | InstanceNode
  | CoerceNode
  | KnowledgeNode
  | BoxedTableNode
  | TextNode

/** A literal whose value only the evaluator knows: a time for one. */
export interface ConstantNode extends Base {
  readonly kind: 'constant'
  readonly value: Value
}

/** A name bound inside the expression: a context entry, an iterator, a parameter. */
export interface LocalNode extends Base {
  readonly kind: 'local'
  readonly name: string
  /** Frames to go out, and the place in the frame reached. */
  readonly depth: number
  readonly index: number
}

/** Inside a filter whose items are not known before: an entry of the item if it has one, else what is outside. */
export interface ItemNameNode extends Base {
  readonly kind: 'item name'
  readonly name: string
  readonly item: Node
  readonly otherwise: Node
}

export interface ListNode extends Base {
  readonly kind: 'list'
  readonly items: readonly Node[]
}

/** Each entry sees those before it; binds one frame. With a result (boxed contexts) that is the value. */
export interface ContextNode extends Base {
  readonly kind: 'context'
  readonly entries: readonly { readonly name: string; readonly value: Node }[]
  readonly result?: Node
}

/** A row of a relation: a context whose entries do not see each other and which binds no frame. */
export interface RowNode extends Base {
  readonly kind: 'row'
  readonly entries: readonly { readonly name: string; readonly value: Node }[]
}

export interface RangeNode extends Base {
  readonly kind: 'range'
  readonly low: Node
  readonly lowClosed: boolean
  readonly high: Node
  readonly highClosed: boolean
}

/** `(< 5)`: a range with one end. */
export interface HalfRangeNode extends Base {
  readonly kind: 'half range'
  readonly operator: '<' | '<=' | '>' | '>=' | '=' | '!='
  readonly bound: Node
}

/** An entry of a context, a property of a date or duration, or the same of each item of a list. */
export interface PathNode extends Base {
  readonly kind: 'path'
  readonly of: Node
  readonly name: string
}

/** `list[condition]` and `list[position]`; binds one frame with `item`. */
export interface FilterNode extends Base {
  readonly kind: 'filter'
  readonly of: Node
  readonly condition: Node
}

/** `in` a list, or from `low` to `high` one by one. */
export interface Iterator {
  readonly name: string
  readonly of: Node
  /** Set for `x in a..b`: `of` is then a. */
  readonly to?: Node
}

/** Binds one frame: the iterators in order and, for `for`, `partial` after them. */
export interface ForNode extends Base {
  readonly kind: 'for'
  readonly iterators: readonly Iterator[]
  readonly result: Node
}

export interface QuantifiedNode extends Base {
  readonly kind: 'some' | 'every'
  readonly iterators: readonly Iterator[]
  readonly condition: Node
}

/** Binds one frame with its parameters. */
export interface FunctionNode extends Base {
  readonly kind: 'function'
  /** What messages call it, where it has a name. */
  readonly name?: string
  readonly parameters: readonly { readonly name: string; readonly declared: Declared }[]
  readonly body: Node
  readonly result: Declared
}

/** A call of a function value; `names` for named arguments. */
export interface InvokeNode extends Base {
  readonly kind: 'invoke'
  readonly function: Node
  readonly args: readonly Node[]
  readonly names?: readonly string[]
}

/** A call of a built-in function by its name in the registry; `names` for named arguments. */
export interface BuiltInNode extends Base {
  readonly kind: 'built-in'
  readonly function: string
  readonly args: readonly Node[]
  readonly names?: readonly string[]
}

/** A built-in function as a value, to be handed to another. */
export interface BuiltInValueNode extends Base {
  readonly kind: 'built-in value'
  readonly function: string
}

export interface OperateNode extends Base {
  readonly kind: 'operate'
  readonly operator: '+' | '-' | '*' | '/' | '**'
  readonly left: Node
  readonly right: Node
}

export interface DynamicNegateNode extends Base {
  readonly kind: 'dynamic negate'
  readonly operand: Node
}

export interface DynamicCompareNode extends Base {
  readonly kind: 'dynamic compare'
  readonly operator: OrderOperator
  readonly left: Node
  readonly right: Node
}

/** Null, with a message, where the two are of different kinds. */
export interface DynamicEqualNode extends Base {
  readonly kind: 'dynamic equal'
  readonly negated: boolean
  readonly left: Node
  readonly right: Node
}

/** Kleene's, over values that may be none: what is neither true nor false is taken as null. */
export interface DynamicLogicNode extends Base {
  readonly kind: 'dynamic and' | 'dynamic or'
  readonly left: Node
  readonly right: Node
}

export interface DynamicBetweenNode extends Base {
  readonly kind: 'dynamic between'
  readonly operand: Node
  readonly low: Node
  readonly high: Node
}

/** `if` whose branches are of different types, or whose condition is not known to be a boolean. */
export interface ChooseNode extends Base {
  readonly kind: 'choose'
  readonly condition: Node
  readonly whenTrue: Node
  readonly otherwise: Node
}

export interface InstanceNode extends Base {
  readonly kind: 'instance of'
  readonly operand: Node
  readonly of: Type
}

/** Brought to a declared type (DMN 1.5, 10.3.2.9.4), or null with a message. */
export interface CoerceNode extends Base {
  readonly kind: 'coerce'
  readonly operand: Node
  readonly declared: Declared
  /** What the value is bound to, for the message. */
  readonly name: string
}

/** A business knowledge model or a decision service, as a function value. */
export interface KnowledgeNode extends Base {
  readonly kind: 'knowledge'
  readonly name: string
}

/** A decision table inside an expression. */
export interface BoxedTableNode extends Base {
  readonly kind: 'table'
  readonly table: TableBody
}

/** A literal expression inside a boxed one: spans inside are places in this text. */
export interface TextNode extends Base {
  readonly kind: 'text'
  readonly text: string
  readonly line: number
  readonly expression: Node
}

const KINDS: Record<SingleNode['kind'], true> = {
  constant: true,
  local: true,
  'item name': true,
  list: true,
  context: true,
  row: true,
  range: true,
  'half range': true,
  path: true,
  filter: true,
  for: true,
  some: true,
  every: true,
  function: true,
  invoke: true,
  'built-in': true,
  'built-in value': true,
  operate: true,
  'dynamic negate': true,
  'dynamic compare': true,
  'dynamic equal': true,
  'dynamic and': true,
  'dynamic or': true,
  'dynamic between': true,
  choose: true,
  'instance of': true,
  coerce: true,
  knowledge: true,
  table: true,
  text: true,
}

export function isSingle(node: Node): node is SingleNode {
  return Object.hasOwn(KINDS, node.kind)
}
