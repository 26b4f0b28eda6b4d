/**
 * Whose part a recording lacks: they were there with their yes, and nothing of them is in it.
 *
 * Rule 1: pure; from what the page afterwards is told, and so only of what its reader was there for.
 * Rule 2: an erased part is not lacking: it has no name any more, and its owner knows.
 */

/** @import {Kept, KeptFeature} from './kept.js' */

/**
 * @typedef {object} Lacking  participants; `fell`: since the server failed
 * @property {readonly string[]} whole  of whom nothing is in it at all
 * @property {readonly string[]} part  of whom nothing is in some of its openings
 * @property {readonly string[]} wholeFell
 * @property {readonly string[]} partFell
 */

/**
 * By opening, since the files of one are reported when it is over. Where openings lack somebody
 * for one cause and for the other, each cause has a part.
 * @param {Kept} kept @param {KeptFeature} feature @returns {Lacking}
 */
export function lacking({people, you}, {stretches, tracks, your_part: own}) {
  const had = new Set(tracks.map(({opening, participant}) => `${opening} ${participant}`))
  const over = stretches.filter(({to}) => to !== null)
  const gone = own === 'erased' || own === 'erasing' ? you : null
  const fell = openingsThatFell(stretches)
  /** @type {Lacking} */
  const none = {whole: [], part: [], wholeFell: [], partFell: []}
  return people.reduce((found, {id, name}) => {
    if (name === null || id === gone) return found
    const mine = over.filter(stretch => stretch.people.includes(id))
    const missing = mine.filter(({opening}) => !had.has(`${opening} ${id}`))
    const lost = missing.filter(({opening}) => fell.has(opening)).length
    const unsent = missing.length - lost
    const all = [lost, unsent].includes(mine.length)
    return {
      ...found,
      ...(unsent > 0 && put(found, all ? 'whole' : 'part', id)),
      ...(lost > 0 && put(found, all ? 'wholeFell' : 'partFell', id)),
    }
  }, none)
}

/** @param {Lacking} found @param {keyof Lacking} how @param {string} id */
const put = (found, how, id) => ({[how]: [...found[how], id]})

/** In whose midst the server failed. @param {KeptFeature['stretches']} stretches */
export const openingsThatFell = stretches =>
  new Set(stretches.filter(({latest}) => latest !== null).map(({opening}) => opening))
