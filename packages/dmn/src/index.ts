export { check } from './check/check.ts'
export type { MoneyOptions } from './check/money.ts'
export type { ConditionBits } from './evaluate/condition-bits.ts'
export { conditionBits } from './evaluate/condition-bits.ts'
export type { DecisionTypes, NumberInput, RangeInput } from './evaluate/decision-types.ts'
export type { PreparedInvocable } from './evaluate/invocable.ts'
export { prepareInvocable } from './evaluate/invocable.ts'
export type { Answer, EvaluateOptions, Explained, Prepared, Result } from './evaluate/prepare.ts'
export { evaluate, prepare } from './evaluate/prepare.ts'
export type * from './evaluate/trace.ts'
export { nearestChange } from './nearest/nearest-change.ts'
export type {
  Change,
  InputChange,
  Movable,
  NearestChanges,
  NearestOptions,
  Wanted,
} from './nearest/types.ts'
export type { Location, Message, MessageCode, Problem, ProblemCode } from './problem.ts'
export { describeLocation, ModelError, RequestError } from './problem.ts'
export type * from './read/model.ts'
export { type ReadOptions, readModel } from './read/read-model.ts'
export { readModels } from './read/read-models.ts'
export { typesOf } from './types/types-of.ts'
export type { Plain, PlainInput, PlainInputs } from './value/plain.ts'
export type {
  ClockType,
  ContextType,
  FunctionType,
  ListType,
  RangeType,
  ScalarType,
  SimpleType,
  Type,
} from './value/type.ts'
export { nameOfType } from './value/type.ts'
export type { Value } from './value/value.ts'
