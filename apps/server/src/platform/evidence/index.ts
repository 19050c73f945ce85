export { compareSeals, type KeptComparison, type KeptDisagreement } from './compare-seals.ts'
export { exportSeals, type KeptSeal, readSeals, type SealExport } from './export-seals.ts'
export { SEALING, sealStreams } from './seal-streams.ts'
export { type Break, type VerifiedStream, verifySeals } from './verify-seals.ts'
