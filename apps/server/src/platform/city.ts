import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DomainError } from './errors.ts'

const CITIES = join(import.meta.dirname, '../../../../cities')

const CityFile = z.strictObject({
  code: z.string().regex(/^\d{6}$/),
  name_zh: z.string(),
  name_en: z.string(),
  time_zone: z.string(),
})

/** A city as its folder describes it: `cities/<slug>/city.json`. Everything else about it lies beside that file. */
export interface City {
  /** GB/T 2260 division code */
  readonly code: string
  readonly slug: string
  readonly nameZh: string
  readonly nameEn: string
  readonly timeZone: string
  /** The folder that holds its policies, towns, calendar and lists. */
  readonly folder: string
}

/**
 * @throws DomainError `city.unknown` when there is no such folder
 */
export function readCity(slug: string): City {
  const folder = join(CITIES, slug)
  if (!/^[a-z][a-z0-9-]*$/.test(slug)) throw unknownCity(slug)
  let text: string
  try {
    text = readFileSync(join(folder, 'city.json'), 'utf8')
  } catch {
    throw unknownCity(slug)
  }
  const file = CityFile.parse(JSON.parse(text))
  return {
    code: file.code,
    slug,
    nameZh: file.name_zh,
    nameEn: file.name_en,
    timeZone: file.time_zone,
    folder,
  }
}

function unknownCity(slug: string): DomainError {
  return new DomainError({
    code: 'city.unknown',
    value: slug,
    zh: `没有城市“${slug}”的数据：cities/ 下需有同名文件夹和 city.json。`,
    en: `There is no city "${slug}": cities/ needs a folder of that name with a city.json.`,
  })
}
