/**
 * The facts of an organisation, in the order in which they are shown. Each is a typed column of `organisation`, for
 * what is in force, and of `organisation_version`, for what was.
 */
export const FACTS = [
  'name',
  'kind',
  'status',
  'established_on',
  'capital',
  'capital_currency',
  'business_scope',
  'address',
  'division_code',
  'town_code',
  'industry_code',
  'size_class',
  'dishonest',
] as const
export type Fact = (typeof FACTS)[number]

/** The facts that a file of organisations can state. */
export const FILE_FACTS = [
  'name',
  'kind',
  'established_on',
  'capital',
  'capital_currency',
  'business_scope',
  'address',
  'division_code',
  'town_code',
  'status',
  'industry_code',
] as const satisfies readonly Fact[]
