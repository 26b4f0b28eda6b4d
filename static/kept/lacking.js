/**
 * Whose part a recording lacks: they were there with their yes, and nothing of them is in it.
 *
 * Rule 1: pure; from what the page afterwards is told, and so only of what its reader was there for.
 * Rule 2: an erased part is not lacking: it has no name any more, and its owner knows.
 */

/** @import {Kept, KeptFeature} from './kept.js' */

/**
 * @typedef {object} Lacking
 * @property {readonly string[]} whole  participants of whom nothing is in it at all
 * @property {readonly string[]} part  of whom nothing is in some of its openings
 */

/**
 * By opening, since the files of one are reported when it is over.
 * @param {Kept} kept @param {KeptFeature} feature @returns {Lacking}
 */
export function lacking({people, you}, {stretches, tracks, your_part: own}) {
  const had = new Set(tracks.map(({opening, participant}) => `${opening} ${participant}`))
  const over = stretches.filter(({to}) => to !== null)
  const gone = own === 'erased' || own === 'erasing' ? you : null
  /** @type {Lacking} */
  const none = {whole: [], part: []}
  return people.reduce((found, {id, name}) => {
    if (name === null || id === gone) return found
    const mine = over.filter(stretch => stretch.people.includes(id))
    const missing = mine.filter(({opening}) => !had.has(`${opening} ${id}`)).length
    if (missing === 0) return found
    return missing === mine.length
      ? {...found, whole: [...found.whole, id]}
      : {...found, part: [...found.part, id]}
  }, none)
}
