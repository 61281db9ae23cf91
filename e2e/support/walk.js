// A walk through the pages: steps that each begin where the one before ended.
import { test } from 'node:test'

/** Gives the function that adds a step; one that cannot be made ends the walk, and those after it are skipped. */
export const newWalk = () => {
  let stopped = false
  return (name, walk) => test(name, async (t) => {
    if (stopped) return t.skip('the walk ended before')
    stopped = true
    await walk()
    stopped = false
  })
}
