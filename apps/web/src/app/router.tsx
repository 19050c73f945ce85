import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { meQuery } from '../api/me.ts'
import { RouteProblem } from '../components/route-problem.tsx'
import { paths } from './paths.ts'
import { queries } from './queries.ts'

const root = createRootRoute({
  loader: () => queries.ensureQueryData(meQuery),
  notFoundComponent: lazyRouteComponent(() => import('../pages/not-found.tsx'), 'NotFoundPage'),
})

type Page = () => Promise<Record<string, unknown>>

/** A page is one file with one component, loaded when its address is first opened. */
function publicPage<K extends string>(path: string, load: Page, name: K) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<K, () => React.ReactNode>>, name),
  })
}

/** Everything behind the sign-in stands inside the workplace: header, navigation, demonstration bar. */
const workplace = createRoute({
  getParentRoute: () => root,
  id: 'workplace',
  beforeLoad: async ({ location }) => {
    const { user } = await queries.ensureQueryData(meQuery)
    if (!user) throw redirect({ to: paths.signIn(), search: { next: location.href } })
  },
  component: lazyRouteComponent(() => import('../components/workplace.tsx'), 'Workplace'),
})

function page<K extends string>(path: string, load: Page, name: K) {
  return createRoute({
    getParentRoute: () => workplace,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<K, () => React.ReactNode>>, name),
  })
}

const routes = root.addChildren([
  publicPage('/', () => import('../pages/front.tsx'), 'FrontPage'),
  publicPage('/sign-in', () => import('../pages/sign-in.tsx'), 'SignInPage'),
  publicPage('/developers', () => import('../pages/developers.tsx'), 'DevelopersPage'),
  workplace.addChildren([
    page('/office', () => import('../pages/office/programme.tsx'), 'ProgrammePage'),
    page('/office/claims', () => import('../pages/office/claims.tsx'), 'ClaimsPage'),
    page('/office/claims/$id', () => import('../pages/office/claim.tsx'), 'ClaimPage'),
    page('/office/batches', () => import('../pages/office/batches.tsx'), 'BatchesPage'),
    page('/office/batches/$id', () => import('../pages/office/batch.tsx'), 'BatchPage'),
    page('/office/treasury', () => import('../pages/office/treasury.tsx'), 'TreasuryPage'),
    page('/office/discrepancies', () => import('../pages/office/discrepancies.tsx'), 'DiscrepanciesPage'),
    page('/office/organisations', () => import('../pages/office/organisations.tsx'), 'OrganisationsPage'),
    page(
      '/office/organisations/$creditCode',
      () => import('../pages/office/organisation.tsx'),
      'OrganisationPage',
    ),
    page('/office/import', () => import('../pages/office/import.tsx'), 'ImportPage'),
    page('/office/bank-messages', () => import('../pages/office/bank-messages.tsx'), 'BankMessagesPage'),
    page('/office/bank-messages/$id', () => import('../pages/office/bank-message.tsx'), 'BankMessagePage'),
    page('/office/ledger', () => import('../pages/office/ledger.tsx'), 'LedgerPage'),
    page('/office/policies', () => import('../pages/office/policies.tsx'), 'PoliciesPage'),
    page('/office/policies/$policy', () => import('../pages/office/policy.tsx'), 'PolicyPage'),
    page('/office/audit', () => import('../pages/office/audit.tsx'), 'AuditPage'),
    page('/enterprise', () => import('../pages/enterprise/overview.tsx'), 'OverviewPage'),
    page('/enterprise/claims/$id', () => import('../pages/enterprise/claim.tsx'), 'EnterpriseClaimPage'),
    page('/enterprise/payments', () => import('../pages/enterprise/payments.tsx'), 'PaymentsPage'),
    page('/enterprise/account', () => import('../pages/enterprise/payee-account.tsx'), 'PayeeAccountPage'),
    page('/bank', () => import('../pages/bank/messages.tsx'), 'BankPage'),
    page('/bank/messages/$id', () => import('../pages/bank/message.tsx'), 'OwnMessagePage'),
    page('/bank/discrepancies', () => import('../pages/bank/discrepancies.tsx'), 'BankDiscrepanciesPage'),
  ]),
])

export const router = createRouter({
  routeTree: routes,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: RouteProblem,
})
