import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ListControl } from './list-state.ts'

interface PagingProps {
  readonly list: ListControl
  readonly next: string | null
  readonly count: number
}

/** The pages of a list follow each other by cursor; the browser's own back leads to the one before. */
export function Paging({ list, next, count }: PagingProps) {
  const { t } = useTranslation('table')
  const first = list.state.cursor === undefined
  if (first && next === null) {
    return count === 0 ? null : <p className="paging small quiet">{t('all-shown', { count })}</p>
  }
  return (
    <nav className="paging" aria-label={t('pages')}>
      <Button disabled={first} onClick={() => list.continueFrom(undefined)}>
        {t('first-page')}
      </Button>
      <Button disabled={first} onClick={() => window.history.back()}>
        {t('previous-page')}
      </Button>
      <Button disabled={next === null} onClick={() => list.continueFrom(next ?? undefined)}>
        {t('next-page')}
      </Button>
      <span className="small quiet">{t('shown', { count })}</span>
    </nav>
  )
}
