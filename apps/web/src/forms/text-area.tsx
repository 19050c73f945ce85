import { Input } from 'antd'
import { useId } from 'react'

interface TextAreaProps {
  readonly label: string
  readonly value: string
  readonly required?: boolean
  readonly onChange: (text: string) => void
}

const TEXT_MAX = 2_000

export function TextArea({ label, value, required = false, onChange }: TextAreaProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        value={value}
        required={required}
        maxLength={TEXT_MAX}
        autoSize={{ minRows: 3, maxRows: 10 }}
        onChange={event => onChange(event.target.value)}
      />
    </div>
  )
}
