import { after, before, describe } from 'node:test'
import { batchJourney } from './batch-journey.ts'
import { everyPage } from './every-page.ts'
import { frontDoors } from './front-doors.ts'
import { lists } from './lists.ts'
import { openStage, type Stage } from './stage.ts'

describe('the web', () => {
  let stage: Stage
  before(async () => {
    stage = await openStage()
  })
  after(() => stage?.close())
  const onStage = () => stage

  // In this order: a quarter is played before there is anything to look at.
  frontDoors(onStage)
  batchJourney(onStage)
  lists(onStage)
  everyPage(onStage)
})
