import { type Installation, joinInstallation } from '../app/installation.ts'
import { createLog } from '../app/log.ts'

export interface DataOptions {
  readonly dataDir?: string
  readonly city?: string
}

/**
 * Runs a command on the data: through the database of the instance that runs, or one started for as long as the
 * command does. Ctrl-C closes it before the process ends.
 */
export async function withInstallation(
  command: string,
  options: DataOptions,
  work: (installation: Installation) => Promise<void>,
): Promise<void> {
  const installation = await openForCommand(command, options)
  try {
    await work(installation)
  } finally {
    await installation.close()
  }
}

export async function openForCommand(command: string, options: DataOptions): Promise<Installation> {
  const { log } = createLog(process.env.LOG_LEVEL ?? 'error')
  const installation = await joinInstallation({ command, ...options, log })
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      installation.close().finally(() => process.exit(code))
    })
  }
  return installation
}
