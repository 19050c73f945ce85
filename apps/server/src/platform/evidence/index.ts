export { SEALING, sealStreams } from './seal-streams.ts'
export { type Break, type VerifiedStream, verifySeals } from './verify-seals.ts'
