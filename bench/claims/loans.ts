import { asOwner } from '../../test/as-owner.ts'

/**
 * A city with many loans in one settled quarter, made in the database: a project and two loans an enterprise, each
 * drawn twice and repaid in part, one settlement reported. One in a hundred is overdue, one in fifty disagrees.
 */
export async function generateLoans(ownerUrl: string, loans: number): Promise<void> {
  await asOwner(ownerUrl, async client => {
    await client.query(`update platform_clock set business_date = '2022-09-25'`)
    await client.query(
      `insert into bank (code, name, short_name, cooperating_from)
       select '10310000' || lpad(b::text, 4, '0'), '银行' || b, '银行' || b, '2022-01-01' from generate_series(0, 9) b`,
    )
    await client.query(
      `insert into bank_key (key_id, bank_code, algorithm, public_key) select 'k-' || code, code, 'ed25519', '' from bank`,
    )
    await client.query(
      `with s as (insert into source (id, name, kind, as_of, recorded_by)
         values (new_id(), '生成', 'generated', '2022-01-01', 'bench') returning id)
       insert into organisation (id, credit_code, name, status, dishonest, source_id)
       select new_id(), 'X' || lpad(n::text, 17, '0'), '企业' || n, '存续', n % 200 = 0, s.id
       from s, generate_series(1, $1::int) n`,
      [Math.ceil(loans / 2)],
    )
    await client.query(
      `insert into filing (id, filing_number, organisation_id, project_name, approval_number, site_in_city,
         contract_signed_on, verified_investment_fen, civil_works_fen, filed_on, state, source_id)
       select new_id(), 'F-' || o.credit_code, o.id, '项目', 'A-1', true, '2022-05-10', 900000000, 100000000,
         '2022-05-01', 'in_force', o.source_id from organisation o`,
    )
    await client.query(
      `with f as (select row_number() over (order by filing_number) n, * from filing), m as (
         insert into bank_message (id, bank_code, message_id, kind, channel, key_id, body, body_sha256, business_date, outcome)
         select new_id(), code, 'M-0', 'loan_granted', 'single', 'k-' || code, '', '', '2022-06-01', 'applied' from bank
         returning id, bank_code)
       insert into loan (id, bank_code, loan_receipt, organisation_id, filing_id, filing_number, product, principal_fen,
         annual_rate, day_count, settlement, granted_on, matures_on, message_id)
       select new_id(), m.bank_code, 'R-' || i, f.organisation_id, f.id, f.filing_number, '设备贷', 500000000, 0.037,
         'ACT/360', 'quarterly', '2022-06-15', '2025-06-15', m.id
       from generate_series(1, $1::int) i
       join f on f.n = (i + 1) / 2
       join m on m.bank_code = '10310000' || lpad((i % 10)::text, 4, '0')`,
      [loans],
    )
    await client.query(
      `insert into loan_event (id, loan_id, kind, occurred_on, amount_fen, message_id)
       select new_id(), l.id, e.kind, e.day::date, e.fen, l.message_id from loan l,
         (values ('drawdown', '2022-06-21', 300000000), ('drawdown', '2022-07-01', 200000000),
           ('repayment', '2022-08-15', 50000000)) e (kind, day, fen)`,
    )
    // 3,000,000 for 92 days, 2,000,000 for 82, less 500,000 for 37: at 3.7 %, actual/360.
    await client.query(
      `insert into loan_event (id, loan_id, kind, occurred_on, period_from, interest_due_fen, interest_paid_fen,
         penalty_paid_fen, message_id)
       select new_id(), l.id, 'interest_settled', '2022-09-21', '2022-06-21',
         4332083 + case when substr(loan_receipt, 3)::int % 50 = 0 then 100000 else 0 end, 4332083, 0, l.message_id
       from loan l`,
    )
    await client.query(
      `insert into loan_event (id, loan_id, kind, occurred_on, amount_fen, message_id)
       select new_id(), id, 'overdue', '2022-09-22', 1000, message_id from loan
       where substr(loan_receipt, 3)::int % 100 = 1`,
    )
    await client.query(
      `insert into loan_period (id, loan_id, organisation_id, bank_code, period_from, period_to, calendar_year, quarter)
       select new_id(), id, organisation_id, bank_code, '2022-06-21', '2022-09-21', 2022, '2022Q3' from loan`,
    )
    await client.query('vacuum analyze')
  })
}
