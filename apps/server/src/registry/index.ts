export { factOnDay } from './fact-on-day.sql.ts'
export { findOrganisations } from './find-organisations.ts'
export {
  type ImportProgress,
  type ImportResult,
  importOrganisations,
  ORGANISATIONS_CHANGED_JOB,
} from './import-organisations.ts'
export { indexNames, indexNamesTask } from './index-names.ts'
export { problemCsv } from './problem-csv.ts'
export { problemSentences } from './problem-list.ts'
export { type NewOrganisation, registerOrganisations } from './register-organisations.ts'
export { registryRoutes } from './routes.ts'
export { checkDigit } from './rules/credit-code.ts'
export { loadTowns, readTowns } from './towns.ts'
