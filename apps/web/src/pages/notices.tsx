import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { noticesQuery } from '../api/notices.ts'
import { paths } from '../app/paths.ts'
import { PublicFrame } from '../components/public-frame.tsx'
import { TrackForm } from '../forms/track-objection.tsx'
import { Amount } from '../ui/amount.tsx'
import { PageSkeleton } from '../ui/page-skeleton.tsx'
import { PlainDate } from '../ui/plain-date.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import './notices.css'

/** What is on public notice today, and where to ask what became of an objection. */
export function NoticesPage() {
  const { t } = useTranslation('notices')
  const notices = useQuery(noticesQuery)
  return (
    <PublicFrame title={t('title')}>
      <section>
        <h1>{t('title')}</h1>
        <p className="notice-lead">{t('lead')}</p>
        {notices.isError ? (
          <ProblemNotice error={notices.error} retry={() => void notices.refetch()} />
        ) : notices.isPending ? (
          <PageSkeleton />
        ) : notices.data.items.length === 0 ? (
          <p className="card notice-none">{t('none')}</p>
        ) : (
          <ul className="notice-list">
            {notices.data.items.map(notice => (
              <li key={notice.id} className="card">
                <h2>
                  <Link to={paths.notice(notice.id)}>
                    {t('notice-title', { quarter: notice.quarter, number: notice.number })}
                  </Link>
                </h2>
                <p>
                  {t('lines', { count: notice.lines })} · <Amount yuan={notice.total} exact />
                </p>
                <p className="quiet">
                  <PlainDate date={notice.from} /> – <PlainDate date={notice.until} />
                </p>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="track" className="notice-tracking">
        <h2 id="track">{t('track-title')}</h2>
        <TrackForm />
      </section>
    </PublicFrame>
  )
}
