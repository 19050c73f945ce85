import { type RawBuilder, sql } from 'kysely'

/** ASCII's own separator of records: no text that is written this way may contain it. */
const RECORD_SEPARATOR = '\u001e'

/**
 * Rows as a table expression, one text parameter a column, for statements that write thousands of rows:
 *
 *     sql`insert into t (id, name) select r.id::uuid, r.name from ${textRows(2, rows)} as r (id, name)`
 *
 * Splitting a text costs the server a third of what parsing JSON does, and the driver next to nothing; COPY would
 * need a connection of its own. Columns arrive as text: cast them. `undefined` and the empty text are null.
 *
 * @param rows at least one; values in the order of the columns
 * @throws when a value contains the record separator
 */
export function textRows(
  columns: number,
  rows: readonly (readonly (string | undefined)[])[],
): RawBuilder<unknown> {
  const arrays = Array.from({ length: columns }, (_, column) => {
    const text = rows.map(row => row[column] ?? '').join(RECORD_SEPARATOR)
    if (count(text) !== rows.length - 1) throw new Error(`Column ${column + 1} contains the record separator`)
    return sql`string_to_array(${text}::text, chr(30), '')`
  })
  return sql`unnest(${sql.join(arrays)})`
}

function count(text: string): number {
  let separators = 0
  for (let at = text.indexOf(RECORD_SEPARATOR); at !== -1; at = text.indexOf(RECORD_SEPARATOR, at + 1))
    separators++
  return separators
}
