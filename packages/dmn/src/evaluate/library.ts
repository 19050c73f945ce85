import type { Program, TypedKnowledge, TypedModel, TypedService } from '../node/program.ts'
import { FeelContext } from '../value/context.ts'
import { FeelFunction } from '../value/function.ts'
import type { Value } from '../value/value.ts'
import { type Chain, compileChain } from './chain.ts'
import { compileCoercion } from './coercions.ts'
import { Compiler } from './compiler.ts'
import { type Evaluator, made, type Run, Slots } from './run.ts'

/** The functions of a program, each compiled when it is first called: they may call each other in circles. */
export class Library {
  readonly program: Program
  readonly #functions = new Map<string, Evaluator>()

  readonly #tracing: boolean

  constructor(program: Program, tracing = false) {
    this.program = program
    this.#tracing = tracing
  }

  functionOf(name: string): Evaluator {
    let compiled: Evaluator | undefined
    return run => {
      compiled ??= this.#functions.get(name) ?? this.#compile(name)
      return compiled(run)
    }
  }

  #compile(name: string): Evaluator {
    const knowledge = this.program.knowledge.get(name)
    const compiled = knowledge === undefined ? () => null : this.#compileKnowledge(knowledge)
    this.#functions.set(name, compiled)
    return compiled
  }

  #shared(inputs: Slots, decisions: Slots) {
    return { inputs, decisions, library: this, tracing: this.#tracing }
  }

  #compileKnowledge(knowledge: TypedKnowledge): Evaluator {
    return knowledge.kind === 'model' ? this.#compileModel(knowledge) : this.#compileService(knowledge)
  }

  #compileModel({ model, file, function: node }: TypedModel): Evaluator {
    const where = { file, element: model.name, line: model.line }
    const fn = new Compiler(this.#shared(new Slots(), new Slots()), where).node(node)
    return run => {
      // Knowledge sees nothing of the place it is called from.
      const { frame } = run
      run.frame = null
      const value = fn(run)
      run.frame = frame
      return value
    }
  }

  #compileService(service: TypedService): Evaluator {
    const {
      file,
      service: { name, line },
    } = service
    const where = { file, element: name, line }
    const given = service.parameters.filter(each => each.kind === 'decision').map(each => each.key)
    const wanted = service.outputs.map(each => each.key)
    const chain = compileChain(this.program, this, wanted, { given: new Set(given), tracing: this.#tracing })
    const compiler = new Compiler(this.#shared(chain.inputSlots, chain.decisionSlots), where)
    const parameters = service.parameters.map(({ name: parameter, key, kind, declared }) => ({
      name: parameter,
      type: declared.type,
      slot: kind === 'input' ? chain.inputSlots.of(key) : chain.decisionSlots.of(key),
      kind,
      coerce: compileCoercion(compiler, declared, where, parameter),
    }))
    const result = compileCoercion(compiler, service.result, where, name)
    return run => {
      const invoke = (args: readonly Value[]) => {
        const inner: Run = { ...run, inputs: [], decisions: [], subject: null, frame: null, plain: null }
        for (const [i, { kind, slot, coerce }] of parameters.entries()) {
          const values = kind === 'input' ? inner.inputs : inner.decisions
          const argument = args[i] ?? null
          const value = coerce(argument, inner)
          // A service is called as a function is: with an argument of another type it is not called (10.3.2.13.2).
          if (value === null && argument !== null) return null
          values[slot] = value
        }
        for (const decision of chain.decisions) inner.decisions[decision.slot] = decision.evaluate(inner)
        return result(outputsOf(service, chain, inner), run)
      }
      return new FeelFunction(parameters, service.type.result, invoke, false, { of: service, scope: null })
    }
  }
}

/** The one output's value, or all of them by name. */
function outputsOf({ outputs }: TypedService, chain: Chain, run: Run): Value {
  const resultOf = (key: string) => run.decisions[chain.decisionSlots.of(key)] ?? null
  const [only] = outputs
  if (outputs.length === 1 && only) return resultOf(only.key)
  return made(run, new FeelContext(new Map(outputs.map(({ name, key }) => [name, resultOf(key)]))))
}
