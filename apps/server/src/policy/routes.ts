import { z } from 'zod'
import { businessDate } from '../platform/clock.ts'
import { type App, route } from '../platform/http/index.ts'
import { unknownPolicy } from './parameters.ts'
import { getPolicyInForce } from './policy-version.ts'

const Label = z.object({ zh: z.string(), en: z.string() })

const Summary = z.object({
  policy: z.string(),
  title: Label,
  version: z.number().int(),
  effective_from: z.string(),
})

const Condition = z.object({
  label: Label,
  /** What is asked, as an officer would. */
  question: Label.nullable(),
  requirement: z.string(),
  text: z.string().nullable(),
})

const Policy = Summary.extend({
  mode: z.string(),
  clauses: z.array(
    z.object({ name: z.string(), text: z.string().nullable(), address: z.string().nullable() }),
  ),
  conditions: z.array(Condition),
  compliance: z.array(Condition),
  decisions: z.array(
    z.object({ name: z.string(), label: Label, text: Label.nullable(), formula: z.string().nullable() }),
  ),
  /** The facts that the rules read, and who gives them. */
  inputs: z.array(z.object({ name: z.string(), label: Label, from: Label.nullable() })),
  parameters: z.array(
    z.object({
      name: z.string(),
      label: Label,
      value: z.string(),
      unit: z.string().nullable(),
      effective_from: z.string(),
      effective_to: z.string().nullable(),
      source: z.string(),
      verified: z.boolean(),
    }),
  ),
  model_xml: z.string(),
})

export function policyRoutes(app: App): void {
  route(app, {
    method: 'GET',
    url: '/api/v1/policies',
    permission: 'policy.read',
    summary: 'The policies in force today',
    response: z.object({ items: z.array(Summary) }),
    handler: async ({ database: { db } }) => {
      const day = await businessDate(db)
      const policies = await db
        .selectFrom('policy_version')
        .select('policy')
        .distinct()
        .orderBy('policy')
        .execute()
      const items = []
      for (const { policy } of policies) {
        const version = await getPolicyInForce(db, policy, day)
        items.push({
          policy,
          title: version.manifest.title,
          version: version.version,
          effective_from: version.effectiveFrom,
        })
      }
      return { items }
    },
  })

  route(app, {
    method: 'GET',
    url: '/api/v1/policies/:policy',
    permission: 'policy.read',
    summary: 'A policy in words: its clauses, conditions, formulas and parameters with their sources',
    params: z.object({ policy: z.string().max(100) }),
    response: Policy,
    handler: async ({ database: { db }, params: { policy } }) => {
      const version = await getPolicyInForce(db, policy, await businessDate(db))
      const { manifest, model, conditions, compliance } = version
      const label = (name: string) => ({
        zh: name,
        en: manifest.inputs[name]?.en ?? manifest.labels[name] ?? name,
      })
      const lines = (table: typeof conditions) =>
        table.columns.map((column, index) => ({
          label: label(column.label ?? column.expression),
          question: manifest.questions?.[column.label ?? column.expression] ?? null,
          requirement: table.rules[0]?.inputs[index] ?? '',
          text: column.description ?? null,
        }))
      const row = await db
        .selectFrom('policy_version')
        .select('model_xml')
        .where('id', '=', version.id)
        .executeTakeFirst()
      if (!row) throw unknownPolicy(policy)
      return {
        policy,
        title: manifest.title,
        version: version.version,
        effective_from: version.effectiveFrom,
        mode: manifest.mode,
        clauses: model.sources.map(({ name, description, locationURI }) => ({
          name,
          text: description ?? null,
          address: locationURI ?? null,
        })),
        conditions: lines(conditions),
        compliance: lines(compliance),
        decisions: model.decisions.map(({ name, description, logic }) => ({
          name,
          label: label(name),
          text: description ? { zh: description, en: manifest.descriptions?.[name] ?? description } : null,
          formula: logic.kind === 'expression' ? logic.text : null,
        })),
        inputs: Object.entries(manifest.inputs).map(([name, { from }]) => ({
          name,
          label: label(name),
          from: from ?? null,
        })),
        parameters: (
          await db
            .selectFrom('parameter')
            .select(['name', 'value', 'unit', 'effective_from', 'effective_to', 'source', 'verified'])
            .where('policy', '=', policy)
            .orderBy('name')
            .orderBy('effective_from')
            .execute()
        ).map(parameter => ({ ...parameter, label: label(parameter.name) })),
        model_xml: row.model_xml,
      }
    },
  })
}
