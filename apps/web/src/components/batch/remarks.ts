interface Remark {
  readonly kind: string
  readonly text: string
  readonly by: string
  readonly business_date: string
}

/** Remarks that repeat the one before them, such as ten checked claims of a sample, stand once with their number. */
export function grouped<R extends Remark>(remarks: readonly R[]): (R & { readonly times: number })[] {
  const groups: (R & { times: number })[] = []
  for (const remark of remarks) {
    const last = groups.at(-1)
    if (last && sameWords(last, remark)) last.times += 1
    else groups.push({ ...remark, times: 1 })
  }
  return groups
}

function sameWords(a: Remark, b: Remark): boolean {
  return a.kind === b.kind && a.text === b.text && a.by === b.by && a.business_date === b.business_date
}
