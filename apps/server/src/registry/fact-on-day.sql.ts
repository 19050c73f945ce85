import { type RawBuilder, sql } from 'kysely'

/** Whether the version states the fact. A first version that leaves a fact out states nothing of it. */
export const stated = (fact: string): string =>
  `coalesce('${fact}' = any (v.changed), v."${fact}" is not null)`

/**
 * A fact as it was on a day, from a history of versions. What was last stated of that day or an earlier one counts,
 * by the as-of date of its source, whenever it was recorded: of one date the version recorded last, so that a late
 * correction counts and a later event does not. Of days before anything was stated the first statement after them
 * counts: nothing else is known.
 *
 * An aggregate for a statement that groups by what was asked, in which `v` is a version, `s` its source and
 * `asked.day` the day.
 *
 * @param fact   a column of the versions
 * @param result what is wanted of the version: the fact itself, or which source stated it
 */
export function factOnDay(fact: string, result: string = fact): RawBuilder<unknown> {
  return sql.raw(factOnDayText(fact, result))
}

export const factOnDayText = (fact: string, result: string = fact): string =>
  `(array_agg(v."${result}" order by s.as_of > asked.day, abs(s.as_of - asked.day), v.version desc)
    filter (where ${stated(fact)}))[1]`
