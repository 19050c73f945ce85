import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signIn } from '../api/auth.ts'
import { ProblemError } from '../api/problem.ts'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'

interface SignInFormProps {
  readonly onDone: () => Promise<void>
  readonly onCodeAsked: () => void
}

export function SignInForm({ onDone, onCodeAsked }: SignInFormProps) {
  const { t } = useTranslation('public')
  const attempt = useMutation({
    mutationFn: async (form: FormData) => {
      const codeAsked = await signIn(String(form.get('email')).trim(), String(form.get('password')))
      if (codeAsked) onCodeAsked()
      else await onDone()
    },
  })
  const refused = attempt.error instanceof ProblemError ? attempt.error.problem.status : undefined
  return (
    <form
      className="sign-in-form"
      onSubmit={event => {
        event.preventDefault()
        attempt.mutate(new FormData(event.currentTarget))
      }}
    >
      <Field label={t('sign-in.email')} name="email" type="email" autoComplete="username" required />
      <Field
        label={t('sign-in.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        problem={refused === 401 ? t('sign-in.refused') : refused === 429 ? t('sign-in.too-many') : undefined}
      />
      {attempt.isError && refused !== 401 && refused !== 429 ? <ProblemNotice error={attempt.error} /> : null}
      <button type="submit" className="button button-primary" disabled={attempt.isPending}>
        {attempt.isPending ? t('sign-in.working') : t('sign-in.submit')}
      </button>
    </form>
  )
}
