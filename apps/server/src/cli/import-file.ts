import { writeFile } from 'node:fs/promises'
import { Presets, SingleBar } from 'cli-progress'
import { Command } from 'commander'
import type { City } from '../platform/city.ts'
import { isDate } from '../platform/dates.ts'
import type { Database } from '../platform/db/index.ts'
import { DomainError, type Language } from '../platform/errors.ts'
import {
  type ImportOptions,
  type ImportProgress,
  type ImportResult,
  problemCsv,
  problemSentences,
} from '../registry/index.ts'

/** Where the command finds its database: the running instance's, or one started for as long as it runs. */
export interface OpenedInstance {
  readonly database: Database
  readonly city: City
  close(): Promise<void>
}

interface Options {
  readonly dryRun: boolean
  readonly json: boolean
  readonly errors?: string
  readonly asOf?: string
}

/** Exit codes of `millrace import`. 0: all rows were taken. */
export const IMPORT_EXIT = { unreadable: 1, rowsRejected: 3 } as const

const SHOWN_MAX = 20

/** What a file can be of, and who takes it in. */
interface FilesOf {
  /** The word after `import`. */
  readonly name: string
  readonly description: string
  importFile(options: ImportOptions): Promise<ImportResult>
  /** What follows from an import that changed something, told as a step with a count. */
  afterwards?(database: Database, onProgress: (count: number) => void): Promise<unknown>
}

/**
 * `millrace import … FILE`: exits with 0 when every row was taken, 3 when some were rejected (the others are taken),
 * 1 when the file as a whole could not be read and nothing was taken.
 */
export function importCommand(files: FilesOf, open: () => Promise<OpenedInstance>): Command {
  return new Command(files.name)
    .description(files.description)
    .argument('<file>', 'CSV (UTF-8 or GB18030) or .xlsx, the first line naming the columns')
    .option('--dry-run', 'read, check and compare, and change nothing', false)
    .option('--json', 'end with one JSON object on standard output', false)
    .option('--errors <file>', 'write what was wrong, by line, as CSV')
    .option('--as-of <date>', 'the day on which the facts of the file were so (default: today)')
    .addHelpText(
      'after',
      '\nExit codes: 0 every row taken, 3 some rows rejected, 1 the file could not be read.',
    )
    .action(async (file: string, options: Options) => {
      process.exitCode = await run(files, open, file, options, terminalLanguage())
    })
}

async function run(
  files: FilesOf,
  open: () => Promise<OpenedInstance>,
  file: string,
  options: Options,
  language: Language,
): Promise<number> {
  const instance = await open()
  const bar = progressBar(language)
  try {
    const { database, city } = instance
    const result = await files.importFile({
      file,
      city,
      database,
      actor: { name: 'millrace import', role: 'system' },
      dryRun: options.dryRun,
      onProgress: bar.show,
      ...(options.asOf === undefined ? {} : { asOf: asOf(options.asOf) }),
    })
    if (!options.dryRun && result.created + result.updated > 0) await files.afterwards?.(database, bar.names)
    bar.stop()
    if (options.errors !== undefined) await writeFile(options.errors, problemCsv(result.problems, language))
    if (options.json) console.log(JSON.stringify(summary(result)))
    else report(result, options, language)
    return result.rejected > 0 ? IMPORT_EXIT.rowsRejected : 0
  } catch (error) {
    bar.stop()
    // Anything else is not about this file, and the program says it as it does everywhere.
    if (!(error instanceof DomainError) || !error.code.startsWith('import.')) throw error
    console.error(`${error.code}: ${error.sentence(language)}`)
    return IMPORT_EXIT.unreadable
  } finally {
    await instance.close()
  }
}

function summary(result: ImportResult) {
  const { rows, created, updated, unchanged, rejected, warnings, seconds } = result
  return { rows, created, updated, unchanged, rejected, warnings, seconds }
}

function report(result: ImportResult, options: Options, language: Language): void {
  for (const line of problemSentences(result.problems, language, SHOWN_MAX)) console.error(line)
  const { rows, created, updated, unchanged, rejected, warnings, seconds } = result
  const zh = `${options.dryRun ? '试导入（未写入）' : '已导入'}：共 ${rows} 行，新增 ${created}，更新 ${updated}，不变 ${unchanged}，未采用 ${rejected}，提示 ${warnings}，用时 ${seconds} 秒`
  const en = `${options.dryRun ? 'Tried, nothing written' : 'Imported'}: ${rows} rows, ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected, ${warnings} warnings, ${seconds} s`
  console.log(language === 'zh' ? zh : en)
  if (result.unknownColumns.length > 0) {
    const names = result.unknownColumns.join(language === 'zh' ? '、' : ', ')
    console.log(language === 'zh' ? `没有读取的列：${names}` : `Columns that were not read: ${names}`)
  }
  if (rejected > 0 && options.errors === undefined) {
    console.log(
      language === 'zh'
        ? '加 --errors 文件名.csv 可得到逐行的问题清单。'
        : 'Add --errors FILE.csv for the list of problems by line.',
    )
  }
}

function asOf(date: string): string {
  if (isDate(date)) return date
  throw new DomainError({
    code: 'date.malformed',
    value: date,
    where: '--as-of',
    zh: `日期“${date}”无法识别：请写成 2022-06-14。`,
    en: `"${date}" is not a date: write it like 2022-06-14.`,
  })
}

/** Chinese where the terminal's language says so or says nothing. */
function terminalLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  return /^en/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'en' : 'zh'
}

const STEPS: Record<Language, Record<ImportProgress['step'] | 'indexing', string>> = {
  zh: { reading: '读取', writing: '写入', indexing: '编制检索' },
  en: { reading: 'reading', writing: 'writing', indexing: 'indexing' },
}

/** A bar on the terminal; nothing where standard error goes elsewhere. */
function progressBar(language: Language) {
  if (!process.stderr.isTTY) return { show: () => {}, names: () => {}, stop: () => {} }
  const bar = new SingleBar(
    { format: '{bar} {percentage}% {step} {rows}', stream: process.stderr, clearOnComplete: true },
    Presets.shades_classic,
  )
  bar.start(1, 0, { step: '', rows: '' })
  return {
    show: ({ step, bytesRead, bytesTotal, rows }: ImportProgress) => {
      bar.setTotal(Math.max(1, bytesTotal))
      bar.update(step === 'reading' ? bytesRead : bytesTotal, { step: STEPS[language][step], rows })
    },
    names: (indexed: number) => bar.update({ step: STEPS[language].indexing, rows: indexed }),
    stop: () => bar.stop(),
  }
}
