import { createHash } from 'node:crypto'
import { check, describeLocation, readModel } from '@millrace/dmn'
import { bulkProblems } from '@millrace/dmn/sql'
import type { City } from '../platform/city.ts'
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts'
import { DomainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { type PolicyFiles, readPolicyFiles } from './manifest.ts'

/**
 * Takes the policies of a city's folder into the database: a model that is not there yet becomes a new version, a
 * parameter record that is not there yet is added. Nothing that stands is changed.
 *
 * @throws DomainError `policy.model-faulty` with every problem, when a model cannot be trusted to run
 */
export async function loadPolicies(db: Db, city: City): Promise<void> {
  for (const files of readPolicyFiles(city)) {
    await inTransaction(db, async tx => {
      await loadVersion(tx, files)
      await loadParameters(tx, files)
    })
  }
}

async function loadVersion(tx: Tx, { manifest, modelFile, modelXml }: PolicyFiles): Promise<void> {
  const sha256 = createHash('sha256').update(modelXml).update(JSON.stringify(manifest)).digest()
  const versions = await tx
    .selectFrom('policy_version')
    .select(['version', 'model_sha256'])
    .where('policy', '=', manifest.policy)
    .execute()
  if (versions.some(({ model_sha256 }) => model_sha256.equals(sha256))) return
  requireSound({ manifest, modelFile, modelXml })
  await tx
    .insertInto('policy_version')
    .values({
      id: newId(),
      policy: manifest.policy,
      version: Math.max(0, ...versions.map(({ version }) => version)) + 1,
      title: manifest.title.zh,
      model_file: modelFile,
      model_xml: modelXml,
      model_sha256: sha256,
      manifest: JSON.stringify(manifest),
      effective_from: manifest.effective_from,
      effective_to: manifest.effective_to ?? null,
      recorded_by: 'city',
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

function requireSound({ manifest, modelFile, modelXml }: PolicyFiles): void {
  const model = readModel(modelXml, { file: modelFile })
  const { decisions } = manifest
  const problems = [
    ...check(model, { money: [decisions.amount] }),
    ...bulkProblems(model, Object.values(decisions)),
  ]
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return
  throw new DomainError({
    code: 'policy.model-faulty',
    value: manifest.policy,
    zh: errors.map(({ where, zh }) => `${describeLocation(where, 'zh')}：${zh}`).join('\n'),
    en: errors.map(({ where, en }) => `${describeLocation(where, 'en')}: ${en}`).join('\n'),
  })
}

async function loadParameters(tx: Tx, { manifest }: PolicyFiles): Promise<void> {
  const rows = manifest.parameters.map(parameter => ({
    id: newId(),
    policy: manifest.policy,
    name: parameter.name,
    value: parameter.value,
    type: parameter.type,
    unit: parameter.unit ?? null,
    effective_from: parameter.from,
    effective_to: parameter.to ?? null,
    source: parameter.source,
    verified: parameter.verified,
  }))
  if (rows.length === 0) return
  await tx
    .insertInto('parameter')
    .values(rows)
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
