import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { DomainError } from '../platform/errors.ts'
import { codeOf, type DataDirectory, diskFull } from './data-directory.ts'
import { identityOf, stillRuns } from './process-identity.ts'

const Process = z.object({ pid: z.int(), process_start: z.string().nullable() })

const InstanceRecord = z.object({
  ...Process.shape,
  /** What was started: `serve`, `import`… */
  command: z.string(),
  /** Where it answers; null until it does, and for commands that serve nothing. */
  host: z.string().nullable(),
  port: z.int().nullable(),
  /** Of the embedded database; null until it runs, and where DATABASE_URL is used. */
  database_port: z.int().nullable(),
  /** Which folder of cities/ it serves; null until its data are open. */
  city: z.string().nullable().default(null),
  started_at: z.string(),
  /** Programs that it started and that would outlive it if it were killed. */
  children: z.array(Process),
})
export type InstanceRecord = z.infer<typeof InstanceRecord>

/** The right to use a data directory: held by one process at a time, recorded in instance.json. */
export interface InstanceClaim {
  update(change: Partial<Omit<InstanceRecord, 'pid' | 'process_start'>>): void
  release(): void
}

/** The process that runs on this data; undefined when there is none, or only the record of one that was killed. */
export function findRunningInstance(directory: DataDirectory): InstanceRecord | undefined {
  const record = readRecord(directory.instanceFile)
  return record && stillRuns(record) ? record : undefined
}

/** @throws DomainError `instance.running` naming where the running one answers */
export function requireNotRunning(directory: DataDirectory): void {
  const running = findRunningInstance(directory)
  if (running) throw alreadyRunning(directory, running)
}

/**
 * Claims the data directory. A killed predecessor's record is taken over, and what it left running is ended.
 *
 * @throws DomainError `instance.running` naming where the running one answers; `disk.full`
 */
export function claimInstance(directory: DataDirectory, command: string): InstanceClaim {
  let record: InstanceRecord = {
    ...identityOf(process.pid),
    command,
    host: null,
    port: null,
    database_port: null,
    city: null,
    started_at: new Date().toISOString(),
    children: [],
  }
  const { instanceFile } = directory
  const prepared = `${instanceFile}.${process.pid}`
  const write = () => writeFileSync(prepared, `${JSON.stringify(record, null, 2)}\n`)
  try {
    write()
    for (let attempt = 1; !linked(prepared, instanceFile); attempt++) {
      const predecessor = readRecord(instanceFile)
      if ((predecessor && stillRuns(predecessor)) || attempt > 5) throw alreadyRunning(directory, predecessor)
      endChildren(predecessor)
      setAside(instanceFile, predecessor)
    }
  } catch (error) {
    throw codeOf(error) === 'ENOSPC' ? diskFull(directory.path) : error
  } finally {
    rmSync(prepared, { force: true })
  }
  return {
    update(change) {
      record = { ...record, ...change }
      write()
      renameSync(prepared, instanceFile)
    },
    release() {
      if (readRecord(instanceFile)?.pid === process.pid) rmSync(instanceFile, { force: true })
    },
  }
}

/** Creates the record only where there is none: the file system decides between two that come at once. */
function linked(prepared: string, instanceFile: string): boolean {
  try {
    linkSync(prepared, instanceFile)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Takes a dead record away; if meanwhile someone else has put theirs there, it is put back. */
function setAside(instanceFile: string, dead: InstanceRecord | undefined): void {
  const aside = `${instanceFile}.dead.${process.pid}`
  try {
    renameSync(instanceFile, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  const taken = readRecord(aside)
  if (taken && (taken.pid !== dead?.pid || taken.started_at !== dead.started_at)) linked(aside, instanceFile)
  rmSync(aside, { force: true })
}

function endChildren(record: InstanceRecord | undefined): void {
  for (const child of record?.children ?? []) {
    if (child.process_start !== null && stillRuns(child)) process.kill(child.pid, 'SIGTERM')
  }
}

function readRecord(file: string): InstanceRecord | undefined {
  try {
    return InstanceRecord.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

function alreadyRunning({ path }: DataDirectory, running: InstanceRecord | undefined): DomainError {
  const where = running?.port ? `http://${running.host}:${running.port}` : undefined
  const pid = running?.pid ?? 0
  const command = running?.command ?? '?'
  return new DomainError({
    code: 'instance.running',
    value: where ?? `${command}, pid ${pid}`,
    zh: where
      ? `数据目录 ${path} 已有平台在运行：${where}（进程 ${pid}）。直接打开它，或先停止它，或用 --data-dir 指定另一个目录。`
      : `数据目录 ${path} 正被“millrace ${command}”（进程 ${pid}）使用：请等它结束，或用 --data-dir 指定另一个目录。`,
    en: where
      ? `Millrace already runs on ${path}, at ${where} (process ${pid}). Open it, or stop it first, or name another --data-dir.`
      : `"millrace ${command}" (process ${pid}) is using ${path}: wait for it to end, or name another --data-dir.`,
  })
}
