import { NameScope, type Names, NO_FIELDS } from './names.ts'
import type { ArgumentSyntax, Syntax } from './syntax.ts'

/** Built-in functions that give back, or out of, what they are given. */
const PASSING = new Set([
  ...['append', 'concatenate', 'insert before', 'remove', 'reverse', 'union', 'distinct values', 'flatten'],
  ...['sort', 'sublist', 'list replace', 'context put', 'context merge', 'min', 'max', 'mode'],
])

const ENTRY: Names = Object.freeze({ key: 1, value: 1 })

/** The names in reach where the reading stands, and the fields of what was read, where they are known. */
export class Reach {
  scope: NameScope
  readonly #anyFields: () => NameScope
  readonly #fields = new WeakMap<Syntax, Names>()

  /** @param anyFields  fields of anything, for where it is not known what a path starts from */
  constructor(scope: NameScope, anyFields: () => NameScope) {
    this.scope = scope
    this.#anyFields = anyFields
  }

  /** More names are in reach, up to the end of the reading that `within` or the caller brackets. */
  add(names: Names): void {
    this.scope = this.scope.with(names)
  }

  within<Read>(names: Names, read: () => Read): Read {
    const outer = this.scope
    this.add(names)
    const result = read()
    this.scope = outer
    return result
  }

  know(syntax: Syntax, fields: Names): Syntax {
    if (fields !== NO_FIELDS) this.#fields.set(syntax, fields)
    return syntax
  }

  fieldsOf(syntax: Syntax): Names {
    return this.#fields.get(syntax) ?? NO_FIELDS
  }

  fieldsOfAll(all: readonly Syntax[]): Names {
    return Object.assign({}, ...all.map(each => this.fieldsOf(each)))
  }

  fieldsOfCall(callee: Syntax, args: readonly ArgumentSyntax[]): Names {
    if (callee.kind === 'name' && callee.name === 'get entries') return ENTRY
    if (callee.kind === 'name' && PASSING.has(callee.name))
      return this.fieldsOfAll(args.map(arg => arg.value))
    return this.fieldsOf(callee)
  }

  /** The names a step of a path may have: those of the fields, then any. */
  steps(fields: Names): readonly NameScope[] {
    return [new NameScope(fields), this.#anyFields()]
  }
}

/** Sets an own property even where the name is `__proto__`. */
export function define(names: Record<string, Names | 1>, name: string, fields: Names): void {
  Object.defineProperty(names, name, { value: fields, enumerable: true, configurable: true, writable: true })
}
