import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signIn, verifyCode } from '../api/auth.ts'
import { accountsQuery } from '../api/demonstration.ts'
import type { Role } from '../api/me.ts'
import { queries } from '../app/queries.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'

/** One click signs in as any role of the demonstration, second factor included. */
export function DemonstrationAccounts({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { t } = useTranslation(['public', 'common'])
  const accounts = useQuery(accountsQuery)
  const enter = useMutation({
    mutationFn: async (email: string) => {
      // The codes change every half minute: ask for the one of now.
      const now = await queries.fetchQuery(accountsQuery)
      const account = now.accounts.find(each => each.email === email)
      if (!account) return
      if ((await signIn(account.email, account.password)) && account.code) await verifyCode(account.code)
      await onDone()
    },
  })
  return (
    <section className="accounts" aria-labelledby="accounts-title">
      <h2 id="accounts-title">{t('sign-in.demonstration')}</h2>
      <p className="quiet">{t('sign-in.demonstration-hint')}</p>
      {accounts.isError ? (
        <ProblemNotice error={accounts.error} retry={() => void accounts.refetch()} />
      ) : null}
      {enter.isError ? <ProblemNotice error={enter.error} /> : null}
      <ul>
        {accounts.data?.accounts.map(account => (
          <li key={account.email}>
            <button
              type="button"
              className="button account"
              disabled={enter.isPending}
              onClick={() => enter.mutate(account.email)}
            >
              <span className="account-role">{t(`common:role.${account.role as Role}`)}</span>
              <span>
                {account.name}
                {account.acts_for ? <span className="account-for small">{account.acts_for}</span> : null}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
