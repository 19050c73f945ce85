import { type TextareaHTMLAttributes, useId } from 'react'
import './field.css'

interface TextFieldProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'> {
  readonly label: string
  readonly hint?: string
}

/** A labelled field for several lines, for the public pages, which do not load the component library. */
export function TextField({ label, hint, ...area }: TextFieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea {...area} id={id} aria-describedby={hint === undefined ? undefined : noteId} />
      {hint === undefined ? null : (
        <p id={noteId} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  )
}
