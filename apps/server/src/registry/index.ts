export { FACTS, type Fact } from './facts.ts'
export { findOrganisations, type OrganisationLine, type OrganisationPage } from './find-organisations.ts'
export { findOrganisation, type OrganisationPageData } from './get-organisation.ts'
export {
  type ImportOrganisationsOptions,
  type ImportProgress,
  type ImportResult,
  importOrganisations,
} from './import-organisations.ts'
export { indexNames, indexNamesTask } from './index-names.ts'
export { problemCsv } from './problem-csv.ts'
export { problemSentences } from './problem-list.ts'
export { type NewOrganisation, type NewSource, registerOrganisations } from './register-organisations.ts'
export { registryRoutes } from './routes.ts'
export { checkCreditCode, checkDigit, normaliseCreditCode } from './rules/credit-code.ts'
export { findIndustryCode, isManufacturing } from './rules/industry-code.ts'
export { type SizeClass, sizeClass } from './rules/size-class.ts'
export { loadTowns, readTowns, type Town, type TownList } from './towns.ts'
