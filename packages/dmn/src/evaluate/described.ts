/** What a trace says of an element beside its name, where the model says it. */
export function described(element: { readonly label?: string; readonly description?: string }) {
  const { label, description } = element
  return {
    ...(label === undefined ? {} : { label }),
    ...(description === undefined ? {} : { description }),
  }
}

/** A copy that no reader of a trace can change, for all traces to share. */
export function shared<Data>(data: Data): Data {
  return frozen(structuredClone(data))
}

function frozen<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return data
  Object.freeze(data)
  for (const part of Object.values(data)) frozen(part)
  return data
}
