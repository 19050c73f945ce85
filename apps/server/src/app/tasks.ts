import { SEALING } from '../platform/evidence/index.ts'
import type { Task } from '../platform/jobs.ts'

/** Work that is done apart from requests: each module's tasks. */
export const TASKS: readonly Task[] = [SEALING]
