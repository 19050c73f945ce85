import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../app/paths.ts'
import { Field } from '../ui/field.tsx'
import './form.css'

/** Leads to what became of an objection. */
export function TrackForm() {
  const { t } = useTranslation('notices')
  const navigate = useNavigate()
  const [reference, setReference] = useState('')
  return (
    <form
      className="form notice-track"
      onSubmit={event => {
        event.preventDefault()
        void navigate({ to: paths.objection(reference.trim()) })
      }}
    >
      <Field
        label={t('reference')}
        hint={t('reference-hint')}
        value={reference}
        required
        maxLength={40}
        autoComplete="off"
        onChange={event => setReference(event.target.value)}
      />
      <button type="submit" className="button">
        {t('track')}
      </button>
    </form>
  )
}
