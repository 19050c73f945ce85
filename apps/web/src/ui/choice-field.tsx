import { type SelectHTMLAttributes, useId } from 'react'
import './field.css'

interface ChoiceFieldProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id'> {
  readonly label: string
  readonly problem?: string | undefined
  readonly choices: readonly { readonly value: string; readonly label: string }[]
}

/** A labelled choice of one among several. */
export function ChoiceField({ label, problem, choices, ...select }: ChoiceFieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        {...select}
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : noteId}
      >
        {choices.map(choice => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      {problem === undefined ? null : (
        <p id={noteId} className="field-problem">
          {problem}
        </p>
      )}
    </div>
  )
}
