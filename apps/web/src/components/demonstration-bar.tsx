export function DemonstrationBar() {
  return null
}
