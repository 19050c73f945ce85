import { statfsSync } from 'node:fs'

/** Postgres writes its log in files of 16 MB; where there is no room for one, it ends without saying why. */
const ROOM_BYTES_LEAST = 17 << 20

/** Whether the disk under a folder is too full for a database. */
export function hasNoRoom(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory)
    return bavail * bsize < ROOM_BYTES_LEAST
  } catch {
    return false
  }
}
