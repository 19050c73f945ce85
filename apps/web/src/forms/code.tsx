import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { verifyCode } from '../api/auth.ts'
import { ProblemError } from '../api/problem.ts'
import { Field } from '../ui/field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'

interface CodeFormProps {
  readonly onDone: () => Promise<void>
  readonly onBack: () => void
}

/** The second factor of staff: the six digits that an authenticator shows now. */
export function CodeForm({ onDone, onBack }: CodeFormProps) {
  const { t } = useTranslation('public')
  const attempt = useMutation({
    mutationFn: async (form: FormData) => {
      await verifyCode(String(form.get('code')).replaceAll(/\s/g, ''))
      await onDone()
    },
  })
  const status = attempt.error instanceof ProblemError ? attempt.error.problem.status : undefined
  const refused = status !== undefined && status < 500 && status !== 429
  return (
    <form
      className="sign-in-form"
      onSubmit={event => {
        event.preventDefault()
        attempt.mutate(new FormData(event.currentTarget))
      }}
    >
      <Field
        label={t('sign-in.code')}
        hint={t('sign-in.code-hint')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9 ]{6,7}"
        required
        autoFocus
        problem={refused ? t('sign-in.code-refused') : undefined}
      />
      {attempt.isError && !refused ? <ProblemNotice error={attempt.error} /> : null}
      <button type="submit" className="button button-primary" disabled={attempt.isPending}>
        {attempt.isPending ? t('sign-in.working') : t('sign-in.code-submit')}
      </button>
      <button type="button" className="button" onClick={onBack}>
        {t('sign-in.back')}
      </button>
    </form>
  )
}
