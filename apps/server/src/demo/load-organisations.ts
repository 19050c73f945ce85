import type { Database } from '../platform/db/index.ts'
import { registerOrganisations } from '../registry/index.ts'
import type { StoryData } from './story-data.ts'

/** Registers the enterprises of the story, by the way that files of the registers take. */
export async function loadOrganisations(database: Database, story: StoryData): Promise<void> {
  await registerOrganisations(
    database,
    {
      name: '演示数据：企业名录',
      kind: 'generated',
      asOf: story.texts.starts_on,
      recordedBy: 'demonstration',
    },
    story.organisations(),
  )
}
