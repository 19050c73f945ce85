import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { meQuery } from '../api/me.ts'
import { RouteProblem } from '../components/route-problem.tsx'
import { loadWords, type Namespace } from './languages.ts'
import { paths } from './paths.ts'
import { queries } from './queries.ts'

const root = createRootRoute({
  loader: () => queries.ensureQueryData(meQuery),
  notFoundComponent: lazyRouteComponent(() => import('../pages/not-found.tsx'), 'NotFoundPage'),
})

type Page = () => Promise<Record<string, unknown>>

/**
 * A page is one file with one component, loaded with its words when its address is first opened. Words that came
 * later would hold the page back: React reveals what had to wait only every 300 ms.
 */
function publicPage<K extends string>(path: string, load: Page, name: K, words: readonly Namespace[]) {
  return createRoute({
    getParentRoute: () => root,
    path,
    loader: () => loadWords(words),
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

function page<K extends string>(path: string, load: Page, name: K, words: readonly Namespace[]) {
  return createRoute({
    getParentRoute: () => workplace,
    path,
    loader: () => loadWords(words),
    component: lazyRouteComponent(load as () => Promise<Record<K, () => React.ReactNode>>, name),
  })
}

const routes = root.addChildren([
  publicPage('/', () => import('../pages/front.tsx'), 'FrontPage', ['public']),
  publicPage('/sign-in', () => import('../pages/sign-in.tsx'), 'SignInPage', ['public']),
  publicPage('/developers', () => import('../pages/developers.tsx'), 'DevelopersPage', ['developers']),
  publicPage('/notices', () => import('../pages/notices.tsx'), 'NoticesPage', ['notices']),
  publicPage('/notices/$id', () => import('../pages/notice.tsx'), 'NoticePage', ['notices']),
  publicPage('/objections/$reference', () => import('../pages/objection.tsx'), 'ObjectionPage', ['notices']),
  workplace.addChildren([
    page('/office', () => import('../pages/office/programme.tsx'), 'ProgrammePage', ['programme']),
    page('/office/claims', () => import('../pages/office/claims.tsx'), 'ClaimsPage', ['claims', 'table']),
    page('/office/claims/$id', () => import('../pages/office/claim.tsx'), 'ClaimPage', [
      'claims',
      'explanation',
    ]),
    page('/office/batches', () => import('../pages/office/batches.tsx'), 'BatchesPage', ['batches', 'table']),
    page('/office/batches/$id', () => import('../pages/office/batch.tsx'), 'BatchPage', [
      'batches',
      'claims',
      'table',
    ]),
    page('/office/treasury', () => import('../pages/office/treasury.tsx'), 'TreasuryPage', [
      'batches',
      'table',
    ]),
    page('/office/discrepancies', () => import('../pages/office/discrepancies.tsx'), 'DiscrepanciesPage', [
      'discrepancies',
      'table',
    ]),
    page('/office/organisations', () => import('../pages/office/organisations.tsx'), 'OrganisationsPage', [
      'registry',
      'table',
    ]),
    page(
      '/office/organisations/$creditCode',
      () => import('../pages/office/organisation.tsx'),
      'OrganisationPage',
      ['registry'],
    ),
    page('/office/import', () => import('../pages/office/import.tsx'), 'ImportPage', ['registry', 'table']),
    page('/office/filings', () => import('../pages/office/filings.tsx'), 'FilingsPage', ['filings', 'table']),
    page('/office/filings/$id', () => import('../pages/office/filing.tsx'), 'FilingPage', ['filings']),
    page('/office/import-filings', () => import('../pages/office/import-filings.tsx'), 'ImportFilingsPage', [
      'filings',
      'registry',
      'table',
    ]),
    page('/office/bank-messages', () => import('../pages/office/bank-messages.tsx'), 'BankMessagesPage', [
      'bank',
      'table',
    ]),
    page('/office/bank-messages/$id', () => import('../pages/office/bank-message.tsx'), 'BankMessagePage', [
      'bank',
    ]),
    page('/office/ledger', () => import('../pages/office/ledger.tsx'), 'LedgerPage', ['ledger', 'table']),
    page('/office/policies', () => import('../pages/office/policies.tsx'), 'PoliciesPage', ['policy']),
    page('/office/policies/$policy', () => import('../pages/office/policy.tsx'), 'PolicyPage', [
      'policy',
      'explanation',
      'table',
    ]),
    page('/office/audit', () => import('../pages/office/audit.tsx'), 'AuditPage', ['audit', 'table']),
    page('/enterprise', () => import('../pages/enterprise/overview.tsx'), 'OverviewPage', [
      'enterprise',
      'explanation',
    ]),
    page('/enterprise/claims/$id', () => import('../pages/enterprise/claim.tsx'), 'EnterpriseClaimPage', [
      'claims',
      'enterprise',
      'explanation',
    ]),
    page('/enterprise/payments', () => import('../pages/enterprise/payments.tsx'), 'PaymentsPage', [
      'enterprise',
    ]),
    page('/enterprise/account', () => import('../pages/enterprise/payee-account.tsx'), 'PayeeAccountPage', [
      'enterprise',
    ]),
    page('/bank', () => import('../pages/bank/messages.tsx'), 'BankPage', ['bank', 'table']),
    page('/bank/messages/$id', () => import('../pages/bank/message.tsx'), 'OwnMessagePage', ['bank']),
    page('/bank/discrepancies', () => import('../pages/bank/discrepancies.tsx'), 'BankDiscrepanciesPage', [
      'discrepancies',
      'table',
    ]),
  ]),
])

export const router = createRouter({
  routeTree: routes,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: RouteProblem,
})
