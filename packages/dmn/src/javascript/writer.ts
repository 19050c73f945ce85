import type { Code } from './code.ts'

/** As many names as there are operands. */
type Atoms<T extends readonly Code[]> = { [K in keyof T]: Code }

/** Collects the names one generated function needs: temporaries, and constants worked out once beforehand. */
export class Writer {
  readonly statements: string[] = []
  readonly constants: string[] = []
  readonly #hoisted = new Map<string, string>()
  #temporaries = 0
  #variables = 0

  /** A name for a value that stands on a line of its own. */
  variable(code: Code): Code {
    if (code.atom) return code
    const name = `v${++this.#variables}`
    this.statements.push(`const ${name} = ${code.text}`)
    return { ...code, text: name, atom: true }
  }

  /** A value that does not depend on the subject, worked out when the function is made. */
  constant(text: string): string {
    const known = this.#hoisted.get(text)
    if (known !== undefined) return known
    const name = `k${this.#hoisted.size + 1}`
    this.#hoisted.set(text, name)
    this.constants.push(`const ${name} = ${text}`)
    return name
  }

  /** A name to assign to inside an expression. */
  temporary(): string {
    return `t${++this.#temporaries}`
  }

  fresh(): string {
    return `v${++this.#variables}`
  }

  get temporaries(): readonly string[] {
    return Array.from({ length: this.#temporaries }, (_, i) => `t${i + 1}`)
  }

  /** An expression over operands that each stand in it as a name, so that it may repeat them. */
  over<const T extends readonly Code[]>(operands: T, build: (...atoms: Atoms<T>) => string): string {
    const assignments: string[] = []
    const atoms = operands.map(operand => {
      if (operand.atom) return operand
      const name = this.temporary()
      assignments.push(`${name} = ${operand.text}`)
      return { ...operand, text: name, atom: true }
    })
    const body = build(...(atoms as unknown as Atoms<T>))
    return assignments.length === 0 ? body : `(${assignments.join(', ')}, ${body})`
  }

  /** Null as soon as one operand is; else what is built over them. */
  strict<const T extends readonly Code[]>(operands: T, build: (...atoms: Atoms<T>) => string): string {
    return this.over(operands, (...atoms) => {
      const body = build(...atoms)
      const guards = missing(atoms)
      return guards === '' ? `(${body})` : `(${guards} ? null : ${body})`
    })
  }
}

/** `a === null || b === null` for those that can be. */
export function missing(atoms: readonly Code[]): string {
  return [...new Set(atoms.filter(atom => atom.nullable).map(atom => `${atom.text} === null`))].join(' || ')
}

/** `a !== null && b !== null && ` for those that can be missing. */
export function present(atoms: readonly Code[]): string {
  return [...new Set(atoms.filter(atom => atom.nullable).map(atom => `${atom.text} !== null && `))].join('')
}

export function anyNullable(operands: readonly Code[]): boolean {
  return operands.some(operand => operand.nullable)
}
