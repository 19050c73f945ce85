import type { ReactNode } from 'react'
import './tag.css'

export type Tone = 'good' | 'bad' | 'wait' | 'note' | 'plain'

/** A state in a word; the tone repeats what the word says and is never alone in saying it. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>
}
