export function ClaimPage() {
  return null
}
