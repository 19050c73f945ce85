import { useCallback, useState } from 'react'

const key = (form: string) => `millrace.draft.${form}`

/**
 * What is typed into a form, kept for as long as the tab is open: a lost connection or a reload loses no word.
 *
 * @param form names the form and what it is about, such as `batch-return-<id>`
 */
export function useDraft(form: string): readonly [string, (text: string) => void, () => void] {
  const [text, setText] = useState(() => read(form))
  const write = useCallback(
    (next: string) => {
      setText(next)
      try {
        if (next === '') sessionStorage.removeItem(key(form))
        else sessionStorage.setItem(key(form), next)
      } catch {
        // A browser that forbids storage keeps it until the page is closed.
      }
    },
    [form],
  )
  const clear = useCallback(() => write(''), [write])
  return [text, write, clear]
}

function read(form: string): string {
  try {
    return sessionStorage.getItem(key(form)) ?? ''
  } catch {
    return ''
  }
}
