/** A date as officers write it: 2022-06-14. */
export function PlainDate({ date }: { readonly date: string | null | undefined }) {
  if (!date) return <span className="quiet">—</span>
  return (
    <time dateTime={date} className="figures" style={{ whiteSpace: 'nowrap' }}>
      {date.slice(0, 10)}
    </time>
  )
}
