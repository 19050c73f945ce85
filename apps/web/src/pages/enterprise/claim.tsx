export function EnterpriseClaimPage() {
  return null
}
