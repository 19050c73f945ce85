export { ANSWERS, type Answer, type ConditionOutcome } from './answer.ts'
export { evaluateSubject, type Outcome } from './evaluate-subject.ts'
export { findChanges } from './find-changes.ts'
export { loadPolicies } from './load-policies.ts'
export { Manifest } from './manifest.ts'
export type { Parameters } from './parameters.ts'
export {
  getPolicyOfSubject,
  getPolicyVersion,
  type PolicyVersion,
} from './policy-version.ts'
export { policyRoutes } from './routes.ts'
export { findSetting, getRuleEpochs, type RuleEpoch } from './rule-epochs.ts'
export { decisionsQuery, type SubjectQuery, type SubjectTable, subjectQuery } from './subject-query.ts'
