import type { ErrorComponentProps } from '@tanstack/react-router'
import { ProblemNotice } from '../ui/problem-notice.tsx'

/** Stands where a page should, when it could not be loaded or shown. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  return (
    <div className="route-problem">
      <ProblemNotice error={error} retry={reset} />
    </div>
  )
}
