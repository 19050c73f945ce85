import type { Node } from '../node/node.ts'
import type { LocalNode } from '../node/single.ts'
import type { Names } from '../read/feel.ts'
import type { Span } from '../read/syntax.ts'
import type { Type } from '../value/type.ts'
import { namesOfBuiltIns } from './built-ins.ts'
import type { NamedValue, Scope } from './scope.ts'

/**
 * Names bound inside an expression. One object is one frame at run time; names are added as the text binds them, so
 * that an entry of a context sees those before it and not those after.
 */
export class Locals {
  readonly outer: Locals | undefined
  readonly #types: { readonly name: string; readonly type: Type }[] = []
  /** In a filter: the item, whose entries can be named without it. */
  readonly item: Type | undefined

  constructor(outer: Locals | undefined, item?: Type) {
    this.outer = outer
    this.item = item
  }

  /** Binds one more name of the frame, in the order the run binds them. */
  bind(name: string, type: Type): void {
    this.#types.push({ name, type })
  }

  /** The latest binding of the name in this frame. */
  find(name: string): { readonly index: number; readonly type: Type } | undefined {
    const index = this.#types.findLastIndex(each => each.name === name)
    const found = this.#types[index]
    return found && { index, type: found.type }
  }

  get bound(): readonly { readonly name: string; readonly type: Type }[] {
    return this.#types
  }
}

export function localNode(span: Span, name: string, depth: number, index: number, type: Type): LocalNode {
  return { kind: 'local', name, depth, index, type, from: span.from, to: span.to }
}

/**
 * The innermost meaning of a name among the locals; undefined where none of them binds it. Entries of a filter's
 * item count as names: for items not known before the run decides, `outside` says what else the name could be.
 */
export function findLocal(
  span: Span,
  name: string,
  locals: Locals | undefined,
  outside: () => Node | undefined,
): Node | undefined {
  const search = (frame: Locals | undefined, depth: number): Node | undefined => {
    if (frame === undefined) return outside()
    const found = frame.find(name)
    const bound = found && localNode(span, name, depth, found.index, found.type)
    if (frame.item === undefined) return bound ?? search(frame.outer, depth + 1)
    const { from, to } = span
    const item = localNode({ from, to: from }, 'item', depth, 0, frame.item)
    if (typeof frame.item === 'object' && frame.item.kind === 'context') {
      // An entry of the item that is itself called `item` comes before the item.
      const field = frame.item.fields.find(each => each.name === name)
      if (field) return { kind: 'path', type: field.type, from, to, of: item, name }
      if (!frame.item.open) return bound ?? search(frame.outer, depth + 1)
    } else if (frame.item !== 'Any') return bound ?? search(frame.outer, depth + 1)
    const otherwise = bound ?? search(frame.outer, depth + 1)
    const nothing: Node = { kind: 'literal', type: 'null', from, to, value: null }
    return { kind: 'item name', type: 'Any', from, to, name, item, otherwise: otherwise ?? nothing }
  }
  return search(locals, 0)
}

/** All names in reach with their fields, as the reader of FEEL wants them. */
export function namesInReach(scope: Scope, locals: Locals | undefined): Names {
  const words: Record<string, Names | 1> = {}
  for (const name of namesOfBuiltIns()) words[name] = 1
  for (const name of scope.elsewhere) words[name] = 1
  for (const [name, value] of scope.names) words[name] = namesOf(value)
  const frames: Locals[] = []
  for (let frame = locals; frame !== undefined; frame = frame.outer) frames.unshift(frame)
  for (const frame of frames) {
    const fields = frame.item === undefined ? 1 : fieldsOf(frame.item)
    if (fields !== 1) Object.assign(words, fields)
    for (const { name, type } of frame.bound) words[name] = fieldsOf(type)
  }
  return words
}

function namesOf(value: NamedValue): Names | 1 {
  if (value.kind !== 'namespace') return value.type === undefined ? 1 : fieldsOf(value.type)
  return Object.fromEntries([...value.members].map(([name, member]) => [name, namesOf(member)]))
}

/** Deeper than any text could reach into a type. */
const FIELDS_DEPTH_MAX = 8

function fieldsOf(type: Type, depth = 0): Names | 1 {
  if (typeof type === 'string' || depth > FIELDS_DEPTH_MAX) return 1
  if (type.kind === 'list' || type.kind === 'range') return fieldsOf(type.of, depth)
  if (type.kind === 'function') return fieldsOf(type.result, depth)
  if (type.fields.length === 0) return 1
  return Object.fromEntries(type.fields.map(field => [field.name, fieldsOf(field.type, depth + 1)]))
}
