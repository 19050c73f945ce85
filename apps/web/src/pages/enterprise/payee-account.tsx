export function PayeeAccountPage() {
  return null
}
