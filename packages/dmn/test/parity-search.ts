import fc from 'fast-check'
import { check, ModelError, readModel } from '../src/index.ts'
import { models } from './generate-models.ts'
import { type ModelSpec, modelXml } from './model-xml.ts'
import type { ParityFixture } from './parity-fixture.ts'
import {
  type Difference,
  openReadings,
  type ParityCase,
  type Reading,
  type Readings,
} from './parity-readings.ts'
import type { Row } from './parity-rows.ts'
import { shrink } from './parity-shrink.ts'

export interface Search {
  readonly models: number
  readonly seed: number
  readonly only?: readonly Reading[]
  /** Called after each model. */
  readonly onModel?: () => void
}

export interface Found {
  readonly one: ParityCase
  readonly difference: Difference
  /** Of the models that were looked at, the number of this one, from 1. */
  readonly number: number
}

/** Puts generated models to every reading until one differs. */
export async function searchDifference(
  readings: Readings,
  { models: numRuns, seed, only, onModel }: Search,
): Promise<Found | undefined> {
  let found: Found | undefined
  let number = 0
  const property = fc.asyncProperty(
    models(),
    fc.constantFrom(0, 60),
    async ({ spec, parameters }, casesMax) => {
      number++
      onModel?.()
      const first = readings.rows[0]?.inputs ?? {}
      const constants = Object.fromEntries(parameters.map(name => [name, first[name] ?? null]))
      const one = { spec, constants, casesMax }
      if (!isSound(spec)) throw new Error(`The generated model is not in order:\n${JSON.stringify(spec)}`)
      const difference = await readings.compare(one, only)
      if (difference !== undefined) found = { one, difference, number }
      return difference === undefined
    },
  )
  const result = await fc.check(property, { numRuns, seed, endOnFailure: true })
  if (result.failed && found === undefined) throw result.errorInstance
  return found
}

/** The same difference on as small a model as it takes, and on one row. */
export async function minimize(
  { one, difference }: Found,
  rows: readonly Row[],
  seed: number,
): Promise<ParityFixture> {
  const row = rows[difference.row]
  if (row === undefined) throw new Error(`there is no row ${difference.row}`)
  const alone = await openReadings([row])
  let last = difference
  const differs = async (smaller: ParityCase): Promise<boolean> => {
    if (!isSound(smaller.spec)) return false
    const now = await alone.compare(smaller, [difference.reading])
    if (now === undefined || (now.role === 'statement') !== (difference.role === 'statement')) return false
    last = now
    return true
  }
  try {
    const plain = { ...one, constants: {}, casesMax: 60 }
    const start = (await differs(plain)) ? plain : one
    const spec = await shrink(start.spec, smaller => differs({ ...start, spec: smaller }))
    const { reading, decision, role, expected, actual } = last
    return {
      found: `seed ${seed}: ${reading}, ${decision} ${role}: ${actual?.split('\n')[0]} where the evaluator says ${expected}`,
      case: { ...start, spec },
      stored: row.stored,
    }
  } finally {
    await alone.stop()
  }
}

/** Generated rules overlap and leave gaps at random; what happens then is to agree as well. */
function isSound(spec: ModelSpec): boolean {
  try {
    const model = readModel(modelXml(spec), { file: 'generated.dmn' })
    return check(model).every(({ code, severity }) => severity === 'warning' || code === 'overlap')
  } catch (error) {
    if (error instanceof ModelError) return false
    throw error
  }
}
