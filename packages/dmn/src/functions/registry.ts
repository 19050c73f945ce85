import { BOOLEAN } from './boolean.ts'
import type { BuiltIn } from './built-in.ts'
import { CONTEXTS } from './contexts.ts'
import { CONVERSION } from './conversion.ts'
import { LISTS } from './lists.ts'
import { NUMERIC } from './numeric.ts'
import { PATTERNS } from './patterns.ts'
import { RANGE_RELATIONS } from './range-relations.ts'
import { SORT } from './sort.ts'
import { STATISTICS } from './statistics.ts'
import { TEMPORAL } from './temporal.ts'
import { TEXT } from './text.ts'

/** Every function of DMN 1.5, 10.3.4, and our own `is defined` and `round half even`, by name. */
export const BUILT_IN: ReadonlyMap<string, BuiltIn> = new Map(
  [
    CONVERSION,
    BOOLEAN,
    TEXT,
    PATTERNS,
    LISTS,
    STATISTICS,
    [SORT],
    NUMERIC,
    TEMPORAL,
    RANGE_RELATIONS,
    CONTEXTS,
  ]
    .flat()
    .map(fn => [fn.name, fn]),
)
