import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  ed25519Signer,
  type RequestToSign,
  signedHeaders,
  sm2Signer,
  type TestSigner,
} from '../../../../../test/request-signer.ts'
import { DomainError } from '../../platform/errors.ts'
import { authenticateHead, requireDigest } from './authenticate-request.ts'
import { readIdempotencyKey } from './idempotency-key.ts'
import { signatureBase } from './signature-base.ts'
import { readSignatureInput } from './signature-headers.ts'
import { getPublicKey, rememberKeys } from './signing-keys.ts'
import { readPublicKey, signatureHolds } from './verify-signature.ts'

const NOW_S = 1_655_800_000
const ed = ed25519Signer('riverbank-2022')
const sm = sm2Signer('millbank.sm2')
const message: RequestToSign = {
  method: 'POST',
  url: '/api/v1/bank/messages',
  body: '{"message_id":"MB-1"}',
  idempotencyKey: 'MB-1',
  created_s: NOW_S,
}

function findKey(...signers: TestSigner[]) {
  return async (keyId: string) => {
    const signer = signers.find(candidate => candidate.keyId === keyId)
    if (!signer) return undefined
    return {
      keyId,
      holder: '999000000018',
      publicKey: getPublicKey(signer.algorithm, signer.publicKey),
      validFrom_ms: 0,
      revokedAt_ms: undefined,
    }
  }
}

function authenticate(request: RequestToSign, headers: Record<string, string>, now_s = NOW_S) {
  return authenticateHead(
    { method: request.method, url: request.url, headers },
    findKey(ed, sm),
    now_s * 1000,
  )
}

const withCode = (code: string) => (error: unknown) =>
  error instanceof DomainError && error.code === code && error.status === 401

test('the signature base is the text that RFC 9421 asks for', () => {
  const input = readSignatureInput(
    'sig1=("@method" "@path" "content-digest" "idempotency-key");created=1655800000;keyid="riverbank-2022";alg="ed25519"',
  )
  const headers = { 'content-digest': 'sha-256=:AAAA:', 'idempotency-key': '"MB-2022-000123"' }
  assert.equal(
    signatureBase({ method: 'POST', url: '/api/v1/bank/messages', headers }, input),
    `"@method": POST
"@path": /api/v1/bank/messages
"content-digest": sha-256=:AAAA:
"idempotency-key": "MB-2022-000123"
"@signature-params": ("@method" "@path" "content-digest" "idempotency-key");created=1655800000;keyid="riverbank-2022";alg="ed25519"`,
  )
})

test('a request signed with Ed25519 and one signed with SM2 are their holder’s word', async () => {
  for (const signer of [ed, sm]) {
    const signed = await authenticate(message, signedHeaders(signer, message))
    assert.equal(signed.keyId, signer.keyId)
    requireDigest(
      signed,
      createHash('sha256')
        .update(message.body ?? '')
        .digest(),
    )
  }
})

test('a GET signs the digest of the empty body, and its query where it has one', async () => {
  for (const url of ['/api/v1/bank/messages', '/api/v1/bank/messages?after=abc&limit=10']) {
    const request = { method: 'GET', url, created_s: NOW_S }
    await authenticate(request, signedHeaders(ed, request))
  }
  const signedWithout = { method: 'GET', url: '/api/v1/bank/messages', created_s: NOW_S }
  await assert.rejects(
    authenticate(
      { ...signedWithout, url: '/api/v1/bank/messages?after=x' },
      signedHeaders(ed, signedWithout),
    ),
    withCode('bank.signature-malformed'),
  )
})

test('a body that is not the signed one is refused', async () => {
  const signed = await authenticate(message, signedHeaders(ed, message))
  assert.throws(
    () => requireDigest(signed, createHash('sha256').update('another').digest()),
    withCode('bank.digest-mismatch'),
  )
})

test('a signature is good for 300 seconds before and after, by the wall clock', async () => {
  const headers = signedHeaders(ed, message)
  for (const seconds of [-300, 0, 300]) await authenticate(message, headers, NOW_S + seconds)
  for (const seconds of [-301, 301, 86_400]) {
    await assert.rejects(authenticate(message, headers, NOW_S + seconds), withCode('bank.signature-stale'))
  }
})

test('unknown, revoked and not yet valid keys are told apart from wrong signatures', async () => {
  const headers = signedHeaders(ed25519Signer('stranger'), message)
  await assert.rejects(authenticate(message, headers), withCode('bank.key-unknown'))
  const impostor = signedHeaders(ed25519Signer('riverbank-2022'), message)
  await assert.rejects(authenticate(message, impostor), withCode('bank.signature-invalid'))
  const head = { method: message.method, url: message.url, headers: signedHeaders(ed, message) }
  const find = findKey(ed)
  const key = await find(ed.keyId)
  assert.ok(key)
  await assert.rejects(
    authenticateHead(head, async () => ({ ...key, revokedAt_ms: NOW_S * 1000 }), NOW_S * 1000),
    withCode('bank.key-revoked'),
  )
  await assert.rejects(
    authenticateHead(head, async () => ({ ...key, validFrom_ms: NOW_S * 1000 + 1 }), NOW_S * 1000),
    withCode('bank.key-unknown'),
  )
})

test('each missing header is named', async () => {
  const headers = signedHeaders(ed, message)
  for (const name of ['signature-input', 'signature', 'content-digest']) {
    const { [name]: _, ...rest } = headers
    await assert.rejects(
      authenticate(message, rest),
      (error: unknown) => withCode('bank.signature-missing')(error) && (error as DomainError).where === name,
    )
  }
})

const malformedInputs = [
  '',
  'sig2=("@method" "@path" "content-digest" "idempotency-key");created=1;keyid="k";alg="ed25519"',
  'sig1=("@method"  "@path" "content-digest" "idempotency-key");created=1;keyid="k";alg="ed25519"',
  'sig1=("@method" "@path" "content-digest" "idempotency-key"); created=1;keyid="k";alg="ed25519"',
  'sig1=("@method" "@path" "content-digest" "idempotency-key" "host");created=1;keyid="k";alg="ed25519"',
  'sig1=("@method" "@method" "@path" "content-digest" "idempotency-key");created=1;keyid="k";alg="ed25519"',
  'sig1=("@method" "@path" "content-digest");created=1;keyid="k";alg="ed25519"',
  'sig1=();created=1;keyid="k";alg="ed25519"',
  'sig1=("@method" "@path" "content-digest" "idempotency-key");keyid="k";alg="ed25519"',
  'sig1=("@method" "@path" "content-digest" "idempotency-key");created="1";keyid="k";alg="ed25519"',
  'sig1=("@method" "@path" "content-digest" "idempotency-key");created=-1;keyid="k";alg="ed25519"',
  'sig1=("@method" "@path" "content-digest" "idempotency-key");created=1;created=2;keyid="k";alg="ed25519"',
  'sig1=("@method" "@path" "content-digest" "idempotency-key");created=1;keyid="k";alg="none"',
  'sig1=("@method" "@path" "content-digest" "idempotency-key");created=1;keyid="k";alg="ed25519";nonce="x"',
  'sig1=("@method" "@path" "content-digest" "idempotency-key");created=1;keyid="a b";alg="ed25519"',
  'sig1=("@method" "@path" "content-digest" "idempotency-key");created=1;keyid="k";alg="ed25519", sig2=("@path");created=1',
]

for (const input of malformedInputs) {
  test(`a Signature-Input that is not exactly what we take is malformed: ${input.slice(0, 140)}`, async () => {
    const headers = { ...signedHeaders(ed, message), 'signature-input': input }
    await assert.rejects(authenticate(message, headers), withCode('bank.signature-malformed'))
  })
}

test('whatever is changed in the head of a signed request, it is no longer its holder’s word', async () => {
  const good = signedHeaders(ed, message)
  const names = Object.keys(good)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('method', 'url', ...names),
      fc.nat(),
      fc.integer({ min: 33, max: 126 }).map(code => String.fromCharCode(code)),
      fc.constantFrom('replace', 'insert', 'delete'),
      async (part, at, character, how) => {
        const request = { ...message }
        const headers = { ...good }
        const before = part === 'method' || part === 'url' ? message[part] : (good[part] ?? '')
        const index = at % before.length
        const after =
          how === 'delete'
            ? before.slice(0, index) + before.slice(index + 1)
            : before.slice(0, index) + character + before.slice(index + (how === 'replace' ? 1 : 0))
        fc.pre(after !== before)
        if (part === 'method' || part === 'url') Object.assign(request, { [part]: after })
        else headers[part] = after
        await assert.rejects(authenticate(request, headers), (error: unknown) => {
          return error instanceof DomainError && error.status === 401
        })
      },
    ),
    { numRuns: 600 },
  )
})

test('headers of any text are refused, never a fault', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), fc.string(), async (input, signature, digest) => {
      await assert.rejects(
        authenticate(message, { 'signature-input': input, signature, 'content-digest': digest }),
        DomainError,
      )
    }),
  )
})

test('SM2 agrees with the vector of GM/T 0003.5', async () => {
  const point =
    '0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13'
  const r = 'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3'
  const s = 'B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA'
  const der = Buffer.from(`3046022100${r}022100${s}`, 'hex')
  const key = getPublicKey('sm2', point)
  assert.ok(await signatureHolds(key, 'sm2-sm3', 'message digest', der))
  assert.ok(!(await signatureHolds(key, 'sm2-sm3', 'message digesT', der)))
  assert.ok(
    !(await signatureHolds(key, 'ed25519', 'message digest', der)),
    'a key verifies its own algorithm only',
  )
  const raw = Buffer.from(r + s, 'hex')
  assert.ok(!(await signatureHolds(key, 'sm2-sm3', 'message digest', raw)), 'raw r||s is not DER')
  assert.ok(!(await signatureHolds(key, 'sm2-sm3', 'message digest', Buffer.concat([der, Buffer.alloc(1)]))))
})

test('Ed25519 agrees with test 2 of RFC 8032', async () => {
  const key = getPublicKey(
    'ed25519',
    Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex').toString('base64'),
  )
  const signature = Buffer.from(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    'hex',
  )
  assert.ok(await signatureHolds(key, 'ed25519', 'r', signature))
  assert.ok(!(await signatureHolds(key, 'ed25519', 's', signature)))
})

test('many SM2 signatures at once are each answered for themselves', async () => {
  const requests = Array.from({ length: 12 }, (_, index) => ({ ...message, created_s: NOW_S - index }))
  const outcomes = await Promise.allSettled(
    requests.map((request, index) => {
      const headers = signedHeaders(sm, request)
      return authenticate(request, index % 3 === 0 ? { ...headers, 'idempotency-key': '"MB-2"' } : headers)
    }),
  )
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    requests.map((_, index) => (index % 3 === 0 ? 'rejected' : 'fulfilled')),
  )
})

test('a public key that is none is refused when it is registered', () => {
  for (const [algorithm, text] of [
    ['ed25519', ''],
    ['ed25519', 'AAAA'],
    ['sm2', `04${'0'.repeat(128)}`],
    ['sm2', `04${'f'.repeat(128)}`],
    ['sm2', 'zz'],
  ] as const) {
    assert.equal(readPublicKey(algorithm, text), undefined)
  }
})

test('a key is looked up once a second however many requests it signs', async () => {
  let now_ms = 0
  let lookups = 0
  const row = {
    key_id: 'k',
    algorithm: 'ed25519',
    public_key: ed.publicKey,
    valid_from: new Date(0),
    revoked_at: null,
    holder: '1',
  } as const
  const find = rememberKeys(
    async keyId => {
      lookups++
      return keyId === 'k' ? row : undefined
    },
    () => now_ms,
  )
  await Promise.all([find('k'), find('k'), find('k')])
  assert.equal(lookups, 1)
  now_ms = 1000
  await find('k')
  assert.equal(lookups, 2)
  await find('stranger')
  await find('stranger')
  assert.equal(lookups, 4, 'an unknown key is not remembered')
})

test('an Idempotency-Key is a quoted string of the bank’s own', () => {
  assert.equal(readIdempotencyKey('"MB-2022-000123"'), 'MB-2022-000123')
  for (const header of [undefined, '', 'MB-1', '""', '"a b"', '"ü"', `"${'x'.repeat(65)}"`, '"a", "b"']) {
    assert.throws(() => readIdempotencyKey(header), DomainError)
  }
})
