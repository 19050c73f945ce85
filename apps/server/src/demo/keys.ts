import { createECDH, createHash, createPrivateKey, createPublicKey } from 'node:crypto'

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
const RAW_LENGTH = 32

/** A key pair of the demonstration, made from its seed: the example bank signs with it, the platform knows the rest. */
export interface DemonstrationKey {
  readonly key_id: string
  readonly algorithm: 'ed25519' | 'sm2'
  /** ed25519: the seed in base64; sm2: the scalar in hexadecimal */
  readonly private_key: string
  /** ed25519: 32 bytes in base64; sm2: the uncompressed point in hexadecimal */
  readonly public_key: string
}

export function demonstrationKey(
  seed: number,
  holder: string,
  algorithm: 'ed25519' | 'sm2',
): DemonstrationKey {
  const secret = createHash('sha256').update(`millrace demonstration ${seed} ${holder}`).digest()
  const key_id = `demo-${holder}`
  if (algorithm === 'sm2') {
    // A digest that begins with a zero bit is below the order of the curve.
    secret.writeUInt8(secret.readUInt8(0) & 0x7f, 0)
    const pair = createECDH('SM2')
    pair.setPrivateKey(secret)
    return { key_id, algorithm, private_key: secret.toString('hex'), public_key: pair.getPublicKey('hex') }
  }
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, secret]),
    format: 'der',
    type: 'pkcs8',
  })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return {
    key_id,
    algorithm,
    private_key: secret.toString('base64'),
    public_key: spki.subarray(-RAW_LENGTH).toString('base64'),
  }
}
