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
