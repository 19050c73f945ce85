import { createLog } from '../app/log.ts'
import { serve } from '../app/serve.ts'
import { welcome } from './welcome.ts'

export interface ServeCommandOptions {
  readonly host: string
  readonly port: number
  readonly dataDir?: string
  readonly city?: string
  readonly empty: boolean
  readonly organisations: number
  readonly loans: number
  readonly seed: number
  readonly web: boolean
}

/** The story of the demonstration ends with the policy: sixteen quarters from its beginning. */
const QUARTERS = 16

/** `millrace serve`: runs until it is told to stop. */
export async function serveCommand(options: ServeCommandOptions): Promise<void> {
  const { log, flush } = createLog()
  const toldToStop = stopSignal()
  console.log('Millrace 正在启动 is starting …')
  const { empty, seed, organisations, loans } = options
  const purpose = { empty, size: { seed, organisations, loans } }
  const server = await serve({ ...options, purpose, quarters: QUARTERS, log })
  console.log(welcome(server))
  await toldToStop
  log.info('stopping: finishing what is in hand')
  await server.stop()
  log.info('stopped')
  flush()
}

/**
 * Resolves at the first SIGTERM or SIGINT; one that comes seconds later ends the process at once. Listened for from
 * the beginning, so that a start that is told to stop ends what it began.
 */
function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    let first = 0
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        // A terminal's Ctrl-C reaches us twice under npm; only a later one means impatience.
        if (first === 0) first = performance.now()
        else if (performance.now() - first > 2_000) process.exit(1)
        resolve()
      })
    }
  })
}
