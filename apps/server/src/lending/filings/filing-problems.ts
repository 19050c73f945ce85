import type { PlainDate } from '../../platform/dates.ts'
import { DomainError } from '../../platform/errors.ts'
import { formatYuan } from '../../platform/money.ts'
import { type FilingFacts, findFilingFault } from './filing.ts'

/** @throws DomainError `filing.day-ahead`, `filing.civil-works`, `filing.site` where the facts cannot be so */
export function requireSoundFiling(facts: FilingFacts, today: PlainDate): void {
  const found = findFilingFault(facts, today)
  if (!found) return
  const { fact, fault } = found
  switch (fault) {
    case 'day-ahead':
      throw dayAhead(fact, String(facts[fact]), today)
    case 'civil-works': {
      const investment = formatYuan(facts.verified_investment_fen ?? 0n)
      throw new DomainError({
        code: 'filing.civil-works',
        value: formatYuan(facts.civil_works_fen ?? 0n),
        where: 'civil_works',
        zh: `土建投资大于核定投资（${investment} 元）：请核对两个金额。`,
        en: `The civil works exceed the verified investment (${investment} yuan): check both amounts.`,
      })
    }
    case 'site':
      throw new DomainError({
        code: 'filing.site',
        value: facts.site_town_code,
        where: 'site_in_city',
        zh: '写了镇街，又写不在本市：请改正其中一项。',
        en: 'A town is named and the site is said to be outside the city: correct one of them.',
      })
    default:
      fault satisfies never
  }
}

export function dayAhead(where: string, day: string, today: PlainDate): DomainError {
  return new DomainError({
    code: 'filing.day-ahead',
    value: day,
    where,
    zh: `日期在今天（${today}）之后：只登记已经发生的事，请更正。`,
    en: `The day is after today (${today}): only what has happened is put on record; correct it.`,
  })
}

export const numberTaken = (number: string) =>
  new DomainError({
    code: 'filing.number-taken',
    value: number,
    where: 'filing_number',
    zh: `备案编号 ${number} 已经登记：请核对编号，或在该备案的页面上登记变更。`,
    en: `${number} is on file already: check the number, or record a change on its page.`,
  })

export const enterpriseUnknown = (code: string) =>
  new DomainError({
    code: 'organisation.unknown',
    value: code,
    where: 'credit_code',
    zh: '企业库中没有这家企业：请核对统一社会信用代码，或先导入名录。',
    en: 'The registry does not have this enterprise: check the credit code, or import the register first.',
  })

export const townUnknown = (code: string) =>
  new DomainError({
    code: 'town.unknown',
    value: code,
    where: 'site_town_code',
    zh: '不是本市的镇街：请从列表中选择。',
    en: 'This is no town of the city: choose one of the list.',
  })

export const laterKnown = (day: PlainDate) =>
  new DomainError({
    code: 'filing.later-known',
    value: day,
    where: 'holds_from',
    zh: `已登记有 ${day} 的情况：生效日期不能早于它；如果原记录有误，请选择“更正”。`,
    en: `What is on record is of ${day}: the change cannot hold from an earlier day; if the record is wrong, choose to correct it.`,
  })

export const nothingChanged = () =>
  new DomainError({
    code: 'filing.nothing-changed',
    zh: '没有任何改动：请先修改内容。',
    en: 'Nothing is changed: alter something first.',
  })

export const alreadyWithdrawn = (number: string) =>
  new DomainError({
    code: 'filing.already-withdrawn',
    value: number,
    zh: `备案 ${number} 已经撤销；如撤销有误，请在“变更或更正”中改回。`,
    en: `${number} is withdrawn already; if that was wrong, set its state back with a correction.`,
  })
