import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { stepsOf } from './batch-steps.ts'

const officer = { name: 'Officer', permissions: ['batch.read', 'batch.prepare'] }
const approver = { name: 'Approver', permissions: ['batch.read', 'batch.decide'] }
const finance = { name: 'Finance', permissions: ['batch.read', 'batch.order'] }
const auditor = { name: 'Auditor', permissions: ['batch.read'] }

describe('the steps of a batch', () => {
  const rows = [
    { state: 'draft', reader: officer, step: 'submit', says: true },
    { state: 'draft', reader: approver, step: 'approve', says: 'not-submitted' },
    { state: 'submitted', reader: officer, step: 'submit', says: 'already-submitted' },
    { state: 'submitted', reader: officer, step: 'approve', says: 'no-permission' },
    { state: 'submitted', reader: approver, step: 'approve', says: true },
    { state: 'submitted', reader: approver, step: 'return', says: true },
    { state: 'submitted', reader: { ...approver, name: 'Preparer' }, step: 'approve', says: 'own-batch' },
    { state: 'approved', reader: finance, step: 'order', says: true },
    { state: 'approved', reader: auditor, step: 'order', says: 'no-permission' },
    { state: 'closed', reader: finance, step: 'order', says: 'already-ordered' },
  ] as const
  for (const { state, reader, step, says } of rows) {
    it(`${reader.name} on ${step} of a ${state} batch: ${says}`, () => {
      const batch = { state, prepared_by: 'Preparer', payable_from: '2022-07-01', open_objections: 0 }
      const found = stepsOf(batch, reader, '2022-07-01').find(each => each.step === step)
      assert.equal(found?.allowed ? true : found?.why, says)
    })
  }

  it('waits for the public notice to end', () => {
    const batch = {
      state: 'approved',
      prepared_by: 'Preparer',
      payable_from: '2022-07-01',
      open_objections: 0,
    } as const
    const order = stepsOf(batch, finance, '2022-06-30').find(({ step }) => step === 'order')
    assert.deepEqual(order, { step: 'order', allowed: false, why: 'under-notice' })
  })

  it('waits for every objection to be decided', () => {
    const batch = {
      state: 'approved',
      prepared_by: 'Preparer',
      payable_from: null,
      open_objections: 1,
    } as const
    const order = stepsOf(batch, finance, '2022-07-01').find(({ step }) => step === 'order')
    assert.deepEqual(order, { step: 'order', allowed: false, why: 'objection-open' })
  })
})
