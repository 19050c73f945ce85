/** Four answers, never two. */
export const ANSWERS = ['eligible', 'ineligible', 'unknown', 'suspended'] as const
export type Answer = (typeof ANSWERS)[number]
