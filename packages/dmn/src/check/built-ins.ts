import type { BuiltIn } from '../functions/built-in.ts'
import { BUILT_IN } from '../functions/registry.ts'
import type { Type } from '../value/type.ts'

/** Any function: what a built-in is as a value, since one name has several signatures. */
export const FUNCTION_TYPE: Type = { kind: 'function', parameters: [], result: 'Any' }

/** Roundings and other names the typer knows that the registry need not. */
const OWN = ['is defined']

export function isBuiltIn(name: string): boolean {
  return BUILT_IN.has(name)
}

export function findBuiltIn(name: string): BuiltIn | undefined {
  return BUILT_IN.get(name)
}

/** Names FEEL cannot cut out of a text unless it is told. */
export function namesOfBuiltIns(): readonly string[] {
  return [...BUILT_IN.keys(), ...OWN].filter(name => name.includes(' ') && !name.includes(' and '))
}
