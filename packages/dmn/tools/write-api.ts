import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiPage } from './api-page.ts'
import { readDoors } from './doors.ts'

writeFileSync(join(import.meta.dirname, '../API.md'), apiPage(readDoors()))
