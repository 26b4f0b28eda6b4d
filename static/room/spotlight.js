/**
 * Whom the speaker view shows large: who has spoken last, oneself apart.
 *
 * Rule 1: it is steady. A word between does not take the place of who is talking, and a pause
 * leaves them there.
 * Rule 2: it is nobody's who has gone.
 */

/** @typedef {{shown: string | null, rival: string | null, since: number}} Spotlight times in ms */

/** So long somebody else must have the floor without a break. */
const SETTLE = 900

/** @returns {Spotlight} */
export const nobody = () => ({shown: null, rival: null, since: 0})

/**
 * @param {Spotlight} before @param {string | null} speaker who has the floor (active-speaker.js)
 * @param {readonly string[]} others  everybody but oneself, in the order of their arrival
 * @param {number} now in ms @returns {Spotlight}
 */
export function follow(before, speaker, others, now) {
  const there = before.shown !== null && others.includes(before.shown)
  const shown = there ? before.shown : (others[0] ?? null)
  if (speaker === null || speaker === shown || !others.includes(speaker))
    return {shown, rival: null, since: now}
  // Whose place is free is nobody's to defend.
  if (!there) return {shown: speaker, rival: null, since: now}
  if (speaker !== before.rival) return {shown, rival: speaker, since: now}
  return now - before.since < SETTLE ? before : {shown: speaker, rival: null, since: now}
}
