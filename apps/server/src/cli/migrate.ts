import { printJson } from './output.ts'
import { type DataOptions, openForCommand } from './with-installation.ts'

/** `millrace migrate`: what every start does first, alone; an instance that runs has done it already. */
export async function migrateCommand(options: DataOptions & { readonly json: boolean }): Promise<void> {
  const { claim, city, close } = await openForCommand('migrate', options)
  await close()
  const migrated = claim !== undefined
  if (options.json) printJson({ city: city.slug, migrated })
  else if (migrated)
    console.log(`${city.nameZh}：数据库已是最新 The database of ${city.nameEn} is up to date.`)
  else console.log('平台正在运行，启动时已迁移 The instance that runs has migrated it when it started.')
}
