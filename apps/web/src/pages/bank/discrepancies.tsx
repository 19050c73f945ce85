export function BankDiscrepanciesPage() {
  return null
}
