import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ImportKind, type ImportResult, importFile } from '../api/imports.ts'
import { queries } from '../app/queries.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useRequestKey } from './request-key.ts'
import './form.css'

interface ImportFileFormProps {
  readonly kind: ImportKind
  /** Which columns the file can have. */
  readonly fileHint: string
  readonly asOfLabel: string
  readonly onResult: (result: ImportResult) => void
}

/** A file is tried first: the same reading and the same report, and nothing is changed. */
export function ImportFileForm({ kind, fileHint, asOfLabel, onResult }: ImportFileFormProps) {
  const { t } = useTranslation('registry')
  const id = useId()
  const [file, setFile] = useState<File>()
  const [asOf, setAsOf] = useState('')
  const [share, setShare] = useState(0)
  const [tried, setTried] = useState<File>()
  const { key, renew, failed } = useRequestKey(kind)
  const run = useMutation({
    mutationFn: async (dryRun: boolean) => {
      if (!file) return
      setShare(0)
      const result = await importFile({ kind, key, file, dryRun, asOf, onProgress: setShare })
      if (dryRun) setTried(file)
      onResult(result)
    },
    onError: failed,
    onSuccess: () => {
      renew()
      void queries.invalidateQueries()
    },
  })
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        run.mutate(true)
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-file`}>{t('import.file')}</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".csv,.xlsx,.txt,text/csv"
          required
          onChange={event => setFile(event.target.files?.[0])}
        />
        <p className="small quiet">{fileHint}</p>
      </div>
      <div className="field">
        <label htmlFor={`${id}-day`}>{asOfLabel}</label>
        <input id={`${id}-day`} type="date" value={asOf} onChange={event => setAsOf(event.target.value)} />
      </div>
      {run.isPending ? (
        <div role="status">
          <progress max={1} value={share < 1 ? share : undefined} aria-label={t('import.progress')} />
          <p className="small quiet">{t(share < 1 ? 'import.uploading' : 'import.reading')}</p>
        </div>
      ) : null}
      {run.isError ? <ProblemNotice error={run.error} /> : null}
      <div className="form-actions">
        <Button
          htmlType="submit"
          type={tried === file ? 'default' : 'primary'}
          disabled={!file || run.isPending}
        >
          {t('import.try')}
        </Button>
        <Button
          type={file && tried === file ? 'primary' : 'default'}
          disabled={!file || tried !== file || run.isPending}
          onClick={() => run.mutate(false)}
        >
          {t('import.do')}
        </Button>
      </div>
      {file && tried !== file ? <p className="small quiet">{t('import.try-first')}</p> : null}
    </form>
  )
}
