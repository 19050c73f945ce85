import { useSyncExternalStore } from 'react'

/** Where rows become cards: the same width as in data-table.css. */
const NARROW = '(max-width: 640px)'

/** Whether the page is as narrow as a phone, where a long list has to be taken in small portions. */
export function useNarrow(): boolean {
  return useSyncExternalStore(watch, isNarrow)
}

function isNarrow(): boolean {
  return window.matchMedia(NARROW).matches
}

function watch(changed: () => void): () => void {
  const media = window.matchMedia(NARROW)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}
