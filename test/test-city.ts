import type { CityToMigrate } from '../apps/server/src/platform/db/index.ts'

/** The neutral city of the tests: nothing of a real city reaches a core test. */
export const TEST_CITY: CityToMigrate = {
  code: '990100',
  slug: 'testville',
  nameZh: '测试市',
  nameEn: 'Testville',
  timeZone: 'Asia/Shanghai',
}
