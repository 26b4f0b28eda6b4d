/**
 * Who has the floor: the one person whose tile is ringed.
 *
 * Rule: it does not flicker. Somebody louder must stay so for a while to take the floor,
 * and a pause between two sentences does not lose it.
 */

/** @typedef {{speaker: string | null, heard: number, rival: string | null, since: number}} ActiveSpeaker times in ms */

/** Loudness (0 to 1) above which a sound is taken for speech. */
const SPEECH = 0.06
const TAKE = 250
const HOLD = 1200

/** @returns {ActiveSpeaker} */
export const silence = () => ({speaker: null, heard: 0, rival: null, since: 0})

/** @param {ReadonlyMap<string, number>} levels @returns {string | null} */
function loudest(levels) {
  let best = SPEECH
  let who = null
  for (const [id, level] of levels) {
    if (level < best) continue
    best = level
    who = id
  }
  return who
}

/**
 * @param {ActiveSpeaker} before @param {ReadonlyMap<string, number>} levels by participant, 0 to 1
 * @param {number} now in ms @returns {ActiveSpeaker}
 */
export function listen(before, levels, now) {
  const who = loudest(levels)
  const kept =
    before.speaker !== null && levels.has(before.speaker) ? before : {...before, speaker: null}
  const audible = kept.speaker !== null && (levels.get(kept.speaker) ?? 0) >= SPEECH
  const heard = audible ? now : kept.heard
  const held = {...kept, heard, speaker: now - heard > HOLD ? null : kept.speaker}
  if (who === null || who === held.speaker) return {...held, rival: null}
  if (who !== held.rival) return {...held, rival: who, since: now}
  if (now - held.since < TAKE) return held
  return {speaker: who, heard: now, rival: null, since: now}
}
