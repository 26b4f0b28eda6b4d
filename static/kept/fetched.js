/**
 * Who fetched what of a meeting, line by line, as those who are in it may read it.
 *
 * Rule: pure; the latest first, and what is one act to a person is one line.
 */

/** @import {Captured, Fetched, Kept} from './kept.js' */
/** @typedef {{by: Fetched['by'], who: Captured | null, you: boolean, what: Fetched['what'], whose: Captured | null, at: string, times: number}} FetchLine */

/** @param {Kept} kept @returns {FetchLine[]} */
export function fetchLines({fetched, people, you}) {
  const known = new Map(people.map(person => [person.id, person]))
  /** @type {Map<string, Fetched>} an archive is of several features at once */
  const acts = new Map()
  for (const line of fetched ?? []) {
    const {by, who, what, subject, at, feature} = line
    const apart = what === 'export' || what === 'copy' ? '' : feature
    const key = JSON.stringify([by, who, what, subject, at, apart])
    const before = acts.get(key)
    if (!before || before.times < line.times) acts.set(key, line)
  }
  return [...acts.values()].map(({by, who, what, subject, at, times}) => ({
    by,
    who: who === null ? null : (known.get(who) ?? {id: who, name: null}),
    you: who === you,
    what,
    whose: subject === null ? null : (known.get(subject) ?? {id: subject, name: null}),
    at,
    times,
  }))
}
