import { signatureMalformed, signatureMissing } from './refusals.ts'

/** What a signature covers. Others exist in RFC 9421; a bank's request needs none of them. */
export type Component = '@method' | '@path' | '@query' | 'content-digest' | 'idempotency-key'

export interface SignatureInput {
  readonly components: readonly Component[]
  /** Seconds since 1970 by the signer's clock. */
  readonly created: number
  readonly keyId: string
  readonly algorithm: SignatureAlgorithm
  /** As it was received: the last line of the signature base repeats it. */
  readonly parameters: string
}

export type SignatureAlgorithm = 'ed25519' | 'sm2-sm3'

const HEADER_LENGTH_MAX = 1024
const INPUT =
  /^sig1=(\((?<components>"[a-z@-]+"(?: "[a-z@-]+")*)\)(?<parameters>(?:;[a-z]+=(?:\d+|"[^"\\]*"))*))$/
const PARAMETER = /;([a-z]+)=(?:(\d+)|"([^"\\]*)")/g
const CREATED = /^\d{1,12}$/
const KEY_ID = /^[A-Za-z0-9._:-]{1,64}$/
const BYTES = /^[A-Za-z0-9+/]*={0,2}$/
const KNOWN: ReadonlySet<string> = new Set([
  '@method',
  '@path',
  '@query',
  'content-digest',
  'idempotency-key',
] satisfies Component[])

/**
 * Reads `Signature-Input`: exactly one signature, labelled `sig1`, in the canonical form of RFC 8941.
 *
 * @throws DomainError `bank.signature-missing`, `bank.signature-malformed`
 */
export function readSignatureInput(header: string | undefined): SignatureInput {
  const name = 'signature-input'
  if (header === undefined) throw signatureMissing(name)
  const match = header.length <= HEADER_LENGTH_MAX ? INPUT.exec(header) : null
  if (!match?.groups || match[1] === undefined) {
    throw signatureMalformed(
      name,
      'Signature-Input 头无法识别：请写成 sig1=("@method" "@path" …);created=…;keyid="…";alg="…"，没有多余的空格。',
      'Signature-Input cannot be read: write sig1=("@method" "@path" …);created=…;keyid="…";alg="…" without further spaces.',
    )
  }
  const parameters = readParameters(match.groups.parameters ?? '')
  return {
    components: readComponents(match.groups.components ?? ''),
    ...parameters,
    parameters: match[1],
  }
}

function readComponents(list: string): Component[] {
  const names = list.split(' ').map(quoted => quoted.slice(1, -1))
  const components = names.filter(isComponent)
  if (components.length === names.length && new Set(names).size === names.length) return components
  throw signatureMalformed(
    'signature-input',
    `签名只能覆盖 ${[...KNOWN].join('、')}，每项一次。`,
    `A signature covers ${[...KNOWN].join(', ')}, each once, and nothing else.`,
  )
}

function isComponent(name: string): name is Component {
  return KNOWN.has(name)
}

function readParameters(text: string): Pick<SignatureInput, 'created' | 'keyId' | 'algorithm'> {
  const entries = [...text.matchAll(PARAMETER)].map(([, key = '', integer, quoted = '']) => ({
    key: integer === undefined ? key : `${key}#`,
    value: integer ?? quoted,
  }))
  const found = new Map(entries.map(({ key, value }) => [key, value]))
  const created = found.get('created#')
  const keyId = found.get('keyid')
  const algorithm = found.get('alg')
  if (entries.length !== 3 || created === undefined || keyId === undefined || algorithm === undefined) {
    throw signatureMalformed(
      'signature-input',
      '签名参数应为 created（整数）、keyid 和 alg，每项一次，不能有其他参数。',
      'The parameters of a signature are created (an integer), keyid and alg, each once, and no others.',
    )
  }
  if (!CREATED.test(created) || !KEY_ID.test(keyId)) {
    throw signatureMalformed(
      'signature-input',
      'created 应为 1970 年以来的秒数，keyid 至多 64 个字符（A-Z a-z 0-9 . _ : -）。',
      'created is in seconds since 1970, keyid at most 64 characters of A-Z a-z 0-9 . _ : -',
    )
  }
  if (algorithm !== 'ed25519' && algorithm !== 'sm2-sm3') {
    throw signatureMalformed('alg', 'alg 只能是 ed25519 或 sm2-sm3。', 'alg is ed25519 or sm2-sm3.')
  }
  return { created: Number(created), keyId, algorithm }
}

/**
 * Reads `Signature`: the bytes of `sig1`.
 *
 * @throws DomainError `bank.signature-missing`, `bank.signature-malformed`
 */
export function readSignature(header: string | undefined): Buffer {
  if (header === undefined) throw signatureMissing('signature')
  const bytes = readLabelledBytes(header, 'sig1')
  if (bytes && bytes.length > 0) return bytes
  throw signatureMalformed(
    'signature',
    'Signature 头无法识别：请写成 sig1=:Base64:。',
    'Signature cannot be read: write sig1=:base64:.',
  )
}

/**
 * Reads `Content-Digest` (RFC 9530): the SHA-256 that the sender says the body has.
 *
 * @throws DomainError `bank.signature-missing`, `bank.signature-malformed`
 */
export function readContentDigest(header: string | undefined): Buffer {
  if (header === undefined) throw signatureMissing('content-digest')
  const digest = readLabelledBytes(header, 'sha-256')
  if (digest?.length === 32) return digest
  throw signatureMalformed(
    'content-digest',
    'Content-Digest 头无法识别：请写成 sha-256=:Base64:。',
    'Content-Digest cannot be read: write sha-256=:base64:.',
  )
}

function readLabelledBytes(header: string, label: string): Buffer | undefined {
  if (header.length > HEADER_LENGTH_MAX) return undefined
  if (!header.startsWith(`${label}=:`) || !header.endsWith(':')) return undefined
  const text = header.slice(label.length + 2, -1)
  if (!BYTES.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64')
  // Base64 has several spellings of the same bytes; only the canonical one is taken.
  return bytes.toString('base64') === text ? bytes : undefined
}
