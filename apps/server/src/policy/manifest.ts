import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { City } from '../platform/city.ts'

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const Label = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** A policy parameter: a dated record with its source. */
const ParameterRecord = z.strictObject({
  name: z.string().min(1),
  type: z.enum(['number', 'date', 'boolean', 'text']),
  unit: z.string().optional(),
  value: z.string(),
  from: date,
  to: date.optional(),
  source: z.string().min(1),
  verified: z.boolean(),
})

/**
 * What stands beside a DMN model and tells the platform how to use it: which decision answers, which facts feed
 * which inputs, what the parameters are. `cities/<city>/policies/<policy>/policy.json`.
 */
export const Manifest = z.strictObject({
  policy: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: Label,
  /** 免申即享 · 快申快享 · 常规评审 */
  mode: z.enum(['no-application', 'short-application', 'review']),
  subject: z.string(),
  effective_from: date,
  effective_to: date.optional(),
  decisions: z
    .object({
      /** A FIRST table: each column of its first rule is a condition of eligibility. */
      conditions: z.string(),
      /** A FIRST table of the same kind; failing it suspends. */
      compliance: z.string(),
      /** Yuan. */
      amount: z.string(),
    })
    .catchall(z.string()),
  /** `from`: whose the fact is to give, for whoever is told that it is missing. */
  inputs: z.record(z.string(), z.strictObject({ fact: z.string(), en: z.string(), from: Label.optional() })),
  /** What each condition asks, as an officer would, by the condition's label; absent in versions recorded before. */
  questions: z.record(z.string(), Label).optional(),
  /** English for names of the model that are not inputs. */
  labels: z.record(z.string(), z.string()),
  /** English for what the model says of its decisions; the Chinese stands in the model. */
  descriptions: z.record(z.string(), z.string()).optional(),
  parameters: z.array(ParameterRecord),
  /** Which parameters the platform itself reads, by the names it knows them under. */
  settings: z.record(z.string(), z.string()),
})
export type Manifest = z.infer<typeof Manifest>
export type ParameterRecord = z.infer<typeof ParameterRecord>

export interface PolicyFiles {
  readonly manifest: Manifest
  /** As messages about the model name it. */
  readonly modelFile: string
  readonly modelXml: string
}

/** The policies in a city's folder. */
export function readPolicyFiles(city: City): PolicyFiles[] {
  const folder = join(city.folder, 'policies')
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => ({
      manifest: Manifest.parse(JSON.parse(readFileSync(join(folder, name, 'policy.json'), 'utf8'))),
      modelFile: `${name}/model.dmn`,
      modelXml: readFileSync(join(folder, name, 'model.dmn'), 'utf8'),
    }))
}
