import { useTranslation } from 'react-i18next'
import type { Operation } from '../api/openapi.ts'

const SPACES = 2

export function OperationEntry({ method, path, operation }: Operation) {
  const { t } = useTranslation('developers')
  const { parameters = [], requestBody, responses = {} } = operation
  const body = Object.entries(requestBody?.content ?? {})[0]
  const answer = Object.entries(responses['200']?.content ?? {})[0]
  return (
    <details className="operation card">
      <summary>
        <span className={`operation-method operation-${method.toLowerCase()}`}>{method}</span>
        <code>{path}</code>
        <span className="operation-summary">{operation.summary}</span>
      </summary>
      <div className="operation-detail">
        {operation.description ? (
          <p className="mono small">{operation.description.replaceAll('`', '')}</p>
        ) : null}
        {parameters.length > 0 ? (
          <>
            <h3>{t('parameters')}</h3>
            <ul>
              {parameters.map(parameter => (
                <li key={`${parameter.in}-${parameter.name}`}>
                  <code>{parameter.name}</code>{' '}
                  <span className="quiet small">
                    {parameter.in}
                    {parameter.required ? ` · ${t('required')}` : ''}
                  </span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        {body ? <Schema title={t('body', { type: body[0] })} schema={body[1].schema} /> : null}
        {answer ? <Schema title={t('answer', { type: answer[0] })} schema={answer[1].schema} /> : null}
      </div>
    </details>
  )
}

function Schema({ title, schema }: { readonly title: string; readonly schema: unknown }) {
  return (
    <>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0}>{JSON.stringify(schema, null, SPACES)}</pre>
    </>
  )
}
