// Waiting for a condition. No test depends on how long something takes: the limit only says that it will never be.

/** Looks until something is found; gives it. What is waited for is a text, or makes one when it is told. */
export const eventually = async (what, look, { give = 60_000, every = 50 } = {}) => {
  const until = performance.now() + give
  for (;;) {
    const found = await look()
    if (found) return found
    if (performance.now() > until) throw new Error(`still waiting: ${typeof what === 'function' ? what() : what}`)
    await new Promise((resolve) => setTimeout(resolve, every))
  }
}
