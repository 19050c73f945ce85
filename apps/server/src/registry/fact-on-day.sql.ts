import { type RawBuilder, sql } from 'kysely'

/**
 * A fact as it was on a day, from a history of versions. What was last stated of that day or an earlier one counts,
 * by the as-of date of its source, whenever it was recorded: of one date the version recorded last, so that a late
 * correction counts and a later event does not. Of days before anything was stated the first statement after them
 * counts: nothing else is known. A first version that leaves a fact out states nothing of it.
 *
 * An aggregate for a statement that groups by what was asked, in which `v` is a version, `s` its source and
 * `asked.day` the day.
 *
 * @param fact   a column of the versions
 * @param result what is wanted of the version: the fact itself, or which source stated it
 */
export function factOnDay(
  fact: string,
  result: RawBuilder<unknown> = sql.ref(`v.${fact}`),
): RawBuilder<unknown> {
  return sql`(array_agg(${result} order by s.as_of > asked.day, abs(s.as_of - asked.day), v.version desc)
    filter (where coalesce(${sql.lit(fact)} = any (v.changed), ${sql.ref(`v.${fact}`)} is not null)))[1]`
}
