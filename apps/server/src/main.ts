import { CommanderError } from 'commander'
import { EXIT, exitCodeOf } from './cli/exit-codes.ts'
import { program } from './cli/program.ts'
import { DomainError } from './platform/errors.ts'

try {
  await (await program(process.argv[2])).parseAsync()
} catch (error) {
  process.exitCode = report(await knownOrItself(error))
}

/** What a database says of itself in the middle of a command, such as a full disk, in words for whoever typed it. */
async function knownOrItself(error: unknown): Promise<unknown> {
  if (error instanceof DomainError || error instanceof CommanderError) return error
  const { databaseProblem } = await import('./platform/http/database-problem.ts')
  return databaseProblem(error) ?? error
}

/** Says what went wrong, in both languages where it is for the person at the terminal. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof DomainError) console.error(`\n${error.zh}\n${error.en}\n(${error.code})`)
  else console.error(error)
  return exitCodeOf(error)
}
