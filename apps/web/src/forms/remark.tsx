import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { addRemark } from '../api/batches.ts'
import { queries } from '../app/queries.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDraft } from './draft.ts'
import { useRequestKey } from './request-key.ts'
import { TextArea } from './text-area.tsx'
import './form.css'

/** A note to a batch, for whoever looks at it next. */
export function RemarkForm({ batchId }: { readonly batchId: string }) {
  const { t } = useTranslation('batches')
  const [text, setText, clear] = useDraft(`remark-${batchId}`)
  const { key, renew, failed } = useRequestKey(`remark-${batchId}`)
  const add = useMutation({
    mutationFn: () => addRemark(batchId, 'note', text.trim(), key),
    onError: failed,
    onSuccess: batch => {
      clear()
      renew()
      queries.setQueryData(['batch', batchId], batch)
    },
  })
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <TextArea label={t('note')} value={text} onChange={setText} />
      {add.isError ? <ProblemNotice error={add.error} /> : null}
      <Button htmlType="submit" loading={add.isPending} disabled={text.trim() === ''}>
        {t('note-add')}
      </Button>
    </form>
  )
}
