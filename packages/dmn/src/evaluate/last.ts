/**
 * Remembers what was made last, for traces of one subject after the other: what a policy sets, and much of what subjects have, is
 * what it was before. Given out a second time, it is frozen first, for two traces hold it then.
 */
export class Last<Made extends object> {
  #made: Made | undefined
  #frozen = false

  get made(): Made | undefined {
    return this.#made
  }

  remember(made: Made): Made {
    this.#made = made
    this.#frozen = false
    return made
  }

  again(made: Made): Made {
    if (!this.#frozen) {
      Object.freeze(made)
      this.#frozen = true
    }
    return made
  }
}
