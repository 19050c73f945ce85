import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery, useMe } from '../api/me.ts'
import { homeOf } from '../app/home.ts'
import { DemonstrationAccounts } from '../components/demonstration-accounts.tsx'
import { PublicFrame } from '../components/public-frame.tsx'
import { CodeForm } from '../forms/code.tsx'
import { SignInForm } from '../forms/sign-in.tsx'
import './sign-in.css'

export function SignInPage() {
  const { t } = useTranslation('public')
  const { demonstration } = useMe()
  const [codeAsked, setCodeAsked] = useState(false)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { next } = useSearch({ strict: false }) as { next?: unknown }

  async function enter(): Promise<void> {
    queries.clear()
    const { user } = await queries.fetchQuery({ ...meQuery, staleTime: 0 })
    if (user) await navigate({ href: ownAddress(next) ?? homeOf(user.role) })
  }

  return (
    <PublicFrame title={t('sign-in.title')}>
      <div className="sign-in">
        <section className="card sign-in-card" aria-labelledby="sign-in-title">
          <h1 id="sign-in-title">{t('sign-in.title')}</h1>
          {codeAsked ? (
            <CodeForm onDone={enter} onBack={() => setCodeAsked(false)} />
          ) : (
            <SignInForm onDone={enter} onCodeAsked={() => setCodeAsked(true)} />
          )}
        </section>
        {demonstration ? <DemonstrationAccounts onDone={enter} /> : null}
      </div>
    </PublicFrame>
  )
}

/** Only an address of our own: a link must not lead through the sign-in to another site. */
function ownAddress(next: unknown): string | undefined {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : undefined
}
