import { z } from 'zod'
import { type AccountDetails, accountProblem } from './payee-account.ts'

/**
 * `cities/<city>/treasury.json`: the account from which the treasury pays for the programme. `verified` is false
 * where nobody has compared it with the treasury's papers.
 */
const PayerFile = z
  .strictObject({
    name: z.string(),
    account_number: z.string(),
    bank_code: z.string(),
    source: z.string().min(1),
    verified: z.boolean(),
  })
  .superRefine((file, context) => {
    const problem = accountProblem(details(file))
    if (problem !== undefined)
      context.addIssue({ code: 'custom', message: problem.en, path: [problem.where ?? ''] })
  })

/**
 * Reads a city's treasury file.
 *
 * @param content the parsed JSON
 * @throws ZodError naming the field that is wrong
 */
export function readPayerFile(content: unknown): AccountDetails {
  return details(PayerFile.parse(content))
}

function details(file: { name: string; account_number: string; bank_code: string }): AccountDetails {
  return { holderName: file.name, accountNumber: file.account_number, bankCode: file.bank_code }
}
