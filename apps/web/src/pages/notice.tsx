import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type NoticeLine, noticeQuery } from '../api/notices.ts'
import { paths } from '../app/paths.ts'
import { PublicFrame } from '../components/public-frame.tsx'
import { ObjectionForm } from '../forms/objection.tsx'
import { Amount } from '../ui/amount.tsx'
import { Field } from '../ui/field.tsx'
import { PageSkeleton } from '../ui/page-skeleton.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import '../ui/simple-table.css'
import './notices.css'

/** One notice: who is to receive how much, until when, and how to object. */
export function NoticePage() {
  const { t } = useTranslation('notices')
  const { id = '' } = useParams({ strict: false })
  const [text, setText] = useState('')
  const q = useDeferredValue(text.trim())
  const [chosen, setChosen] = useState<NoticeLine>()
  const pages = useInfiniteQuery({ ...noticeQuery(id, q), placeholderData: keepPreviousData })
  const notice = pages.data?.pages[0]
  const lines = pages.data?.pages.flatMap(page => page.items) ?? []
  const title = notice ? t('notice-title', { quarter: notice.quarter, number: notice.number }) : t('title')
  return (
    <PublicFrame title={title}>
      <p>
        <Link to={paths.notices()}>{t('back')}</Link>
      </p>
      {pages.isError ? (
        <ProblemNotice error={pages.error} retry={() => void pages.refetch()} />
      ) : !notice ? (
        <PageSkeleton lines={12} />
      ) : (
        <>
          <h1>{title}</h1>
          <p className="notice-lead">{t('until', { day: notice.until })}</p>
          <p>
            {t('lines', { count: notice.lines })} · <Amount yuan={notice.total} exact />
          </p>
          {chosen ? (
            <Objecting noticeId={notice.id} line={chosen} close={() => setChosen(undefined)} />
          ) : null}
          <div className="notice-search">
            <Field
              label={t('search')}
              type="search"
              value={text}
              maxLength={100}
              onChange={event => setText(event.target.value)}
            />
          </div>
          {lines.length === 0 ? (
            <p className="quiet">{t('no-line')}</p>
          ) : (
            <ScrollRegion title={title} className="simple-table notice-lines card">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('enterprise')}</th>
                    <th scope="col">{t('quarter')}</th>
                    <th scope="col">{t('amount')}</th>
                    <th scope="col">
                      <span className="visually-hidden">{t('object')}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {lines.map(line => (
                    <tr key={line.claim_id}>
                      <th scope="row">{line.enterprise_name}</th>
                      <td data-label={t('quarter')}>{line.quarter}</td>
                      <td data-label={t('amount')}>
                        <Amount yuan={line.amount} exact />
                      </td>
                      <td>
                        <button
                          type="button"
                          className="link-button"
                          aria-label={t('object-line', {
                            enterprise: line.enterprise_name,
                            quarter: line.quarter,
                          })}
                          onClick={() => setChosen(line)}
                        >
                          {t('object')}
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollRegion>
          )}
          {pages.hasNextPage ? (
            <p>
              <button
                type="button"
                className="button"
                disabled={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                {t('more')}
              </button>
            </p>
          ) : null}
        </>
      )}
    </PublicFrame>
  )
}

interface ObjectingProps {
  readonly noticeId: string
  readonly line: NoticeLine
  close(): void
}

/** The form stands above the list, and the keyboard is taken to it. */
function Objecting({ noticeId, line, close }: ObjectingProps) {
  const { t } = useTranslation('notices')
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another line is another form
  useEffect(() => heading.current?.focus(), [line.claim_id])
  return (
    <section className="card notice-form" aria-labelledby="objecting">
      <h2 id="objecting" ref={heading} tabIndex={-1}>
        {t('object')}
      </h2>
      <ObjectionForm key={line.claim_id} noticeId={noticeId} line={line} />
      <button type="button" className="link-button" onClick={close}>
        {t('close')}
      </button>
    </section>
  )
}
