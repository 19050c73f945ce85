const QUARTERS_SHOWN = 12

/** The quarter of a date and those before it, newest first: `2022Q2`. */
export function recentQuarters(date: string | undefined): string[] {
  if (!date) return []
  const last = Number(date.slice(0, 4)) * 4 + Math.floor((Number(date.slice(5, 7)) - 1) / 3)
  return Array.from({ length: QUARTERS_SHOWN }, (_, back) => {
    const quarter = last - back
    return `${Math.floor(quarter / 4)}Q${(quarter % 4) + 1}`
  })
}
