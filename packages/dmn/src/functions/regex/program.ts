import { variantsOf } from './characters.ts'
import type { Parsed } from './parse.ts'
import { type Characters, type Flags, type Pattern, PatternError } from './syntax.ts'

/** One step of a match. `first` is tried first, `second` when that comes to nothing. */
export type Step =
  | { readonly kind: 'character'; readonly of: Characters }
  | { readonly kind: 'fork'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'save'; readonly slot: number }
  /** Stops a loop whose last round took no character. */
  | { readonly kind: 'advanced'; readonly slot: number }
  | { readonly kind: 'back reference'; readonly index: number; readonly ignoreCase: boolean }
  | { readonly kind: 'anchor'; readonly at: 'start' | 'end'; readonly multiline: boolean }
  | { readonly kind: 'match' }

export interface Program {
  readonly steps: readonly Step[]
  readonly groups: number
  readonly slots: number
  /** Without references back, what follows a step depends on the place alone: no place need be tried twice. */
  readonly memoryless: boolean
}

const STEPS_MAX = 20_000

/** @throws PatternError when it is too large */
export function compilePattern({ pattern, groups, hasBackReference }: Parsed, flags: Flags): Program {
  const steps: Step[] = []
  let slots = 2 * (groups + 1)

  function add(step: Step): number {
    if (steps.length >= STEPS_MAX) tooLarge()
    return steps.push(step) - 1
  }

  let emitted = 0
  function emit(part: Pattern): void {
    // Parts that make no step, as in `(?:){9}`, are counted too.
    if (++emitted > STEPS_MAX * 5) tooLarge()
    switch (part.kind) {
      case 'sequence':
        for (const item of part.items) emit(item)
        return
      case 'character':
        add(part)
        return
      case 'anchor':
        add({ ...part, multiline: flags.multiline })
        return
      case 'back reference':
        add({ ...part, ignoreCase: flags.ignoreCase })
        return
      case 'group':
        add({ kind: 'save', slot: 2 * part.index })
        emit(part.of)
        add({ kind: 'save', slot: 2 * part.index + 1 })
        return
      case 'either':
        emitEither(part.branches)
        return
      case 'repeat':
        emitRepeat(part)
        return
      default:
        part satisfies never
    }
  }

  function emitEither(branches: readonly Pattern[]): void {
    const ends: number[] = []
    for (const [i, branch] of branches.entries()) {
      const fork = i < branches.length - 1 ? forkTo(false) : null
      emit(branch)
      if (fork === null) continue
      ends.push(add({ kind: 'jump', to: -1 }))
      fork(steps.length)
    }
    for (const end of ends) {
      const jump = steps[end]
      if (jump?.kind === 'jump') jump.to = steps.length
    }
  }

  /** A fork into what follows it, and a way to say later where else it leads. */
  function forkTo(lazy: boolean): (elsewhere: number) => void {
    const fork = { kind: 'fork' as const, first: steps.length + 1, second: steps.length + 1 }
    add(fork)
    return elsewhere => {
      if (lazy) fork.first = elsewhere
      else fork.second = elsewhere
    }
  }

  function emitRepeat({ of, min, max, lazy }: Pattern & { kind: 'repeat' }): void {
    for (let i = 0; i < min; i++) emit(of)
    if (max === Number.POSITIVE_INFINITY) {
      const again = steps.length
      const leave = forkTo(lazy)
      const slot = slots++
      if (hasBackReference) add({ kind: 'save', slot })
      emit(of)
      if (hasBackReference) add({ kind: 'advanced', slot })
      add({ kind: 'jump', to: again })
      leave(steps.length)
      return
    }
    const leaves: ((elsewhere: number) => void)[] = []
    for (let i = min; i < max; i++) {
      leaves.push(forkTo(lazy))
      emit(of)
    }
    for (const leave of leaves) leave(steps.length)
  }

  add({ kind: 'save', slot: 0 })
  emit(pattern)
  add({ kind: 'save', slot: 1 })
  add({ kind: 'match' })
  return { steps, groups, slots, memoryless: !hasBackReference }
}

function tooLarge(): never {
  throw new PatternError(
    '正则表达式展开后太大，请减少重复次数。',
    'The regular expression is too large when written out; repeat less.',
  )
}

export function sameLetter(a: number, b: number, ignoreCase: boolean): boolean {
  return a === b || (ignoreCase && variantsOf(a).some(variant => variantsOf(b).includes(variant)))
}
