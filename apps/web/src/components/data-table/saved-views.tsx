import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListControl } from './list-state.ts'
import { findViews, keepViews, type View } from './views.ts'

/** Filters, search and columns under a name, kept in this browser. */
export function SavedViews({ name, list }: { readonly name: string; readonly list: ListControl }) {
  const { t } = useTranslation('table')
  const [views, setViews] = useState<readonly View[]>(() => findViews(name))
  const [title, setTitle] = useState('')
  const keep = (next: readonly View[]) => {
    keepViews(name, next)
    setViews(next)
  }
  const { cursor: _, ...search } = list.current
  const saveCurrent = () => {
    keep([...views.filter(view => view.title !== title.trim()), { title: title.trim(), search }])
    setTitle('')
  }
  const content = (
    <div className="saved-views">
      {views.length === 0 ? <p className="quiet small">{t('views-none')}</p> : null}
      <ul>
        {views.map(view => (
          <li key={view.title}>
            <Button type="link" onClick={() => list.show(view.search)}>
              {view.title}
            </Button>
            <Button
              type="text"
              size="small"
              aria-label={t('views-remove', { view: view.title })}
              onClick={() => keep(views.filter(each => each !== view))}
            >
              ✕
            </Button>
          </li>
        ))}
      </ul>
      <div className="saved-views-new">
        <Input
          aria-label={t('views-name')}
          placeholder={t('views-name')}
          value={title}
          onChange={event => setTitle(event.target.value)}
        />
        <Button disabled={title.trim() === ''} onClick={saveCurrent}>
          {t('views-save')}
        </Button>
      </div>
    </div>
  )
  return (
    <Popover content={content} trigger="click" placement="bottomRight">
      <Button>{t('views')}</Button>
    </Popover>
  )
}
