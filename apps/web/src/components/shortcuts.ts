import { useEffect } from 'react'

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="combobox"]'

/**
 * The keys of every list and task: `/` goes to the search, `j` and `k` move through rows, `a` goes to the actions.
 * What they reach is marked in the page: `data-shortcut="search"`, `data-row`, `data-shortcut="actions"`.
 */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.target instanceof Element && event.target.closest(TYPING)) return
      if (document.querySelector('[role="dialog"]:not([hidden])')?.checkVisibility()) return
      if (act(event.key)) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function act(key: string): boolean {
  if (key === '/')
    return focus(document.querySelector('[data-shortcut="search"] input, input[data-shortcut="search"]'))
  if (key === 'a') return focus(nextAction())
  if (key === 'j') return moveRow(1)
  if (key === 'k') return moveRow(-1)
  return false
}

/** What most likely comes next, before anything else that can be done; the key leads there and does nothing itself. */
function nextAction(): Element | null {
  const actions = '[data-shortcut="actions"]'
  return (
    document.querySelector(`${actions} .ant-btn-primary:not(:disabled)`) ??
    document.querySelector(`${actions} :is(button, a, input, summary):not(:disabled)`)
  )
}

function moveRow(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll('[data-row]')]
  const current = document.activeElement?.closest('[data-row]') ?? null
  const index = current ? rows.indexOf(current) + by : 0
  return focus(rows[index] ?? null)
}

function focus(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false
  element.focus()
  element.scrollIntoView({ block: 'nearest' })
  return true
}
