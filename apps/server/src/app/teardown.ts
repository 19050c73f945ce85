import type { Logger } from 'pino'

/** What must be undone at the end, in the reverse order of how it was done. */
export interface Teardown {
  add(what: string, step: () => Promise<unknown> | unknown): void
  /** Runs every step once, whatever becomes of the others. */
  run(): Promise<void>
}

export function createTeardown(log: Logger): Teardown {
  const steps: { what: string; step: () => Promise<unknown> | unknown }[] = []
  return {
    add: (what, step) => steps.push({ what, step }),
    run: async () => {
      for (const { what, step } of steps.splice(0).reverse()) {
        try {
          await step()
        } catch (err) {
          log.error({ err, what }, 'could not be stopped cleanly')
        }
      }
    },
  }
}
