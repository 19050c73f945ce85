import type { Logger } from 'pino'
import { completePurpose, type DemonstrationSize } from '../app/purpose.ts'
import type { Auth } from '../platform/auth/index.ts'
import type { City } from '../platform/city.ts'
import { setBusinessDate } from '../platform/clock.ts'
import { type Database, inTransaction } from '../platform/db/index.ts'
import { createDemonstrationAccount, demonstrationAccounts } from './accounts.ts'
import { appropriateBudgets } from './appropriate-budgets.ts'
import { loadBanks } from './load-banks.ts'
import { fileProjects } from './load-filings.ts'
import { loadOrganisations } from './load-organisations.ts'
import { type StoryData, storyData } from './story-data.ts'

export interface DemonstrationOptions {
  readonly database: Database
  readonly auth: Auth
  readonly city: City
  readonly size: DemonstrationSize
  readonly log: Logger
}

/** What the story is told from, with the towns as the database has them. */
export async function readStory({
  database,
  city,
  size,
}: Pick<DemonstrationOptions, 'database' | 'city' | 'size'>): Promise<StoryData> {
  const towns = await database.db
    .selectFrom('town')
    .select(['code', 'name'])
    .where('valid_to', 'is', null)
    .orderBy('code')
    .execute()
  return storyData(city, size, towns)
}

/**
 * Loads the demonstration: enterprises, banks, projects, accounts, a budget, and the day on which the story begins.
 * Interrupted, it is taken up again at the next start: what stands is left, what is missing is added.
 */
export async function loadDemonstration(options: DemonstrationOptions): Promise<void> {
  const { database, auth, city, log } = options
  const started = performance.now()
  const story = await readStory(options)
  await setBusinessDate(database.db, story.texts.starts_on)
  await inTransaction(database.db, tx => loadBanks(tx, story))
  await loadOrganisations(database, story)
  await fileProjects(database.db, story, story.texts.starts_on)
  await appropriateBudgets(database.db, story, story.texts.starts_on)
  for (const account of await demonstrationAccounts(database, story)) {
    await createDemonstrationAccount(database, auth, city, account)
  }
  await completePurpose(database.db)
  const duration_ms = Math.round(performance.now() - started)
  log.info({ organisations: options.size.organisations, duration_ms }, 'demonstration data loaded')
}
