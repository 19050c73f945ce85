import { z } from 'zod'
import { RefusedError, type Session } from './http-client.ts'

const Batch = z.object({
  id: z.string(),
  etag: z.string(),
  number: z.string(),
  state: z.string(),
  total: z.string(),
  claims: z.number(),
  payable_from: z.string().nullable(),
})
type Batch = z.infer<typeof Batch>

const BatchDetail = Batch.extend({
  sample: z.array(z.object({ claim_id: z.string(), checked: z.boolean() })),
  payments: z.array(z.object({ state: z.string(), claims: z.number() })),
})
const Ordered = z.object({ orders: z.number(), total: z.string() })

/** The three people through whose hands a batch goes. */
export interface Officers {
  readonly officer: Session
  readonly approver: Session
  readonly finance: Session
}

export interface OfficersDay {
  /** Number of the batch that was approved; undefined: nothing was owed. */
  readonly batch: string | undefined
  readonly orders: number
}

/** What the day's work needs of its surroundings. */
export interface Surroundings {
  readonly told: (zh: string, en: string) => void
  /** Waits until the business date has come to a day: the public notice is over. */
  readonly waitUntil: (day: string) => Promise<void>
}

/**
 * One day's work on what is owed: the officer prepares the batch and checks the sample, the approver approves it,
 * finance orders the payments, and pays again what was rejected and has since been corrected. Work that someone has
 * begun is taken up where it stands.
 */
export async function playOfficers(
  { officer, approver, finance }: Officers,
  { told, waitUntil }: Surroundings,
): Promise<OfficersDay> {
  let batch = (await openBatch(officer)) ?? (await prepare(officer))
  let orders = 0
  if (batch && ['draft', 'returned'].includes(batch.state)) {
    const detail = await officer.get(`/api/v1/batches/${batch.id}`, BatchDetail)
    for (const { claim_id, checked } of detail.sample) {
      if (checked) continue
      const remark = { kind: 'sample_checked', claim_id, text: '抽查：与银行报送一致' }
      await officer.post(`/api/v1/batches/${batch.id}/remarks`, remark, Batch)
    }
    batch = await officer.post(
      `/api/v1/batches/${batch.id}/submit`,
      { text: '抽查完毕，提请审批' },
      Batch,
      detail.etag,
    )
    told(
      `经办员准备并提交了批次 ${batch.number}：${batch.claims} 笔，${batch.total} 元`,
      `The officer prepared and submitted batch ${batch.number}: ${batch.claims} claims, ${batch.total} yuan`,
    )
  }
  if (batch?.state === 'submitted') {
    batch = await approver.post(
      `/api/v1/batches/${batch.id}/approve`,
      { text: '同意拨付' },
      Batch,
      batch.etag,
    )
    told(
      `审批员批准了批次 ${batch.number}，资金已冻结`,
      `The approver approved batch ${batch.number}; its money is held`,
    )
  }
  if (batch?.state === 'approved') {
    if (batch.payable_from) await waitUntil(batch.payable_from)
    orders += (await order(finance, batch, told)).orders
  }
  orders += await orderAgain(finance, batch, told)
  return { batch: batch?.number, orders }
}

async function openBatch(officer: Session): Promise<Batch | undefined> {
  const { items } = await officer.get('/api/v1/batches?limit=200', z.object({ items: z.array(Batch) }))
  return items.find(({ state }) => ['draft', 'returned', 'submitted', 'approved'].includes(state))
}

async function prepare(officer: Session): Promise<Batch | undefined> {
  try {
    return await officer.post('/api/v1/batches', undefined, Batch)
  } catch (error) {
    if (error instanceof RefusedError && error.code === 'batch.nothing-owed') return undefined
    throw error
  }
}

async function order(
  finance: Session,
  batch: Batch,
  told: Surroundings['told'],
): Promise<z.infer<typeof Ordered>> {
  const ordered = await finance.post(`/api/v1/batches/${batch.id}/order`, undefined, Ordered, batch.etag)
  if (ordered.orders > 0) {
    told(
      `财务员向国库发出 ${ordered.orders} 笔支付指令，共 ${ordered.total} 元`,
      `Finance ordered ${ordered.orders} payments from the treasury: ${ordered.total} yuan`,
    )
  }
  return ordered
}

/** Batches of which something came back: what has been corrected since is paid now. */
async function orderAgain(
  finance: Session,
  today: Batch | undefined,
  told: Surroundings['told'],
): Promise<number> {
  const { items } = await finance.get('/api/v1/batches?limit=200', z.object({ items: z.array(Batch) }))
  let orders = 0
  for (const batch of items) {
    if (batch.state !== 'ordered' || batch.id === today?.id) continue
    const { payments } = await finance.get(`/api/v1/batches/${batch.id}`, BatchDetail)
    if (payments.some(({ state }) => state === 'rejected'))
      orders += (await order(finance, batch, told)).orders
  }
  return orders
}
