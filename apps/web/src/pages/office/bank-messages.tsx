export function BankMessagesPage() {
  return null
}
