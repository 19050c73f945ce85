import { lazy, Suspense, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Amount } from '../../ui/amount.tsx'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import './sankey.css'

export interface Flow {
  readonly nodes: readonly { readonly id: string; readonly name: string; readonly color: string }[]
  readonly links: readonly { readonly source: string; readonly target: string; readonly amount: string }[]
}

const Drawing = lazy(() => import('./sankey-drawing.tsx'))

/** A flow of money as a picture, with the same as a table: the picture is never the only way to read it. */
export function Sankey({
  flow,
  title,
  alt,
}: {
  readonly flow: Flow
  readonly title: string
  readonly alt: string
}) {
  const { t } = useTranslation('programme')
  const id = useId()
  const nameOf = (node: string) => flow.nodes.find(each => each.id === node)?.name ?? node
  return (
    <figure className="sankey" aria-labelledby={id}>
      <figcaption id={id} className="visually-hidden">
        {title}
      </figcaption>
      <div role="img" aria-label={alt} className="sankey-picture">
        <ErrorBoundary fallback={null}>
          <Suspense fallback={<div className="sankey-wait" />}>
            <Drawing flow={flow} />
          </Suspense>
        </ErrorBoundary>
      </div>
      <details className="sankey-table">
        <summary>{t('flow-table')}</summary>
        <table>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('flow-from')}</th>
              <th scope="col">{t('flow-to')}</th>
              <th scope="col">{t('flow-amount')}</th>
            </tr>
          </thead>
          <tbody>
            {flow.links.map(link => (
              <tr key={`${link.source}-${link.target}`}>
                <td>{nameOf(link.source)}</td>
                <td>{nameOf(link.target)}</td>
                <td>
                  <Amount yuan={link.amount} exact />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
