import { createHash } from 'node:crypto'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DomainError } from '../../platform/errors.ts'

/** A file that has been received whole and lies on disk until it is disposed of. */
export interface SpooledFile extends AsyncDisposable {
  readonly handle: FileHandle
  readonly byteCount: number
  readonly sha256: Buffer
}

export const DROP_BYTES_MAX = 100 * 1024 * 1024

/**
 * Writes what arrives to a temporary file while hashing it: nothing of a file is looked at before all of it is
 * here and its digest holds, and no file is held in memory.
 *
 * @throws DomainError 413 `bank.drop-too-large`
 */
export async function spool(source: AsyncIterable<Uint8Array>): Promise<SpooledFile> {
  const folder = await mkdtemp(join(tmpdir(), `millrace-drop-${process.pid}-`))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const handle = await open(join(folder, 'drop'), 'w+', 0o600)
    const dispose = async () => {
      await handle.close()
      await remove()
    }
    try {
      const digest = createHash('sha256')
      let byteCount = 0
      for await (const chunk of source) {
        byteCount += chunk.length
        if (byteCount > DROP_BYTES_MAX) throw tooLarge()
        digest.update(chunk)
        await handle.write(chunk)
      }
      return { handle, byteCount, sha256: digest.digest(), [Symbol.asyncDispose]: dispose }
    } catch (error) {
      await handle.close()
      throw error
    }
  } catch (error) {
    await remove()
    throw error
  }
}

function tooLarge(): DomainError {
  return new DomainError({
    code: 'bank.drop-too-large',
    value: String(DROP_BYTES_MAX),
    zh: '一个文件至多 100 MB：请拆成几个文件，分别发送。',
    en: 'A file has at most 100 MB: split it and send the parts one by one.',
    status: 413,
  })
}
