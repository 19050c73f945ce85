// A process that imports a file and says each step, so that a test can kill it at one.
import { readCity } from '../../platform/city.ts'
import { connect } from '../../platform/db/index.ts'
import { importOrganisations } from '../import-organisations.ts'

const city = readCity('testville')
const [url = '', file = ''] = process.argv.slice(2)
const database = connect(url, city.code)
let step = ''
const result = await importOrganisations({
  file,
  city,
  database,
  actor: { name: 'child', role: 'system' },
  onProgress: progress => {
    if (progress.step === step || progress.rows === 0) return
    step = progress.step
    process.stdout.write(`${step}\n`)
  },
})
process.stdout.write(`done ${result.created}\n`)
await database.close()
