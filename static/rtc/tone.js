/**
 * Soft notes, by the speaker that was chosen. They are made here: there is no file to fetch.
 *
 * Rule: they go to a speaker and nowhere else; no track that anybody gets has them in it.
 */

/** @typedef {{hertz: number, at: number, lasts: number}} Note  `at` and `lasts` in seconds */

/** So loud is the loudest moment of a test, of 1. */
const TEST_LOUD = 0.2
/** A note comes and goes in as many seconds: what begins at once clicks. */
const SWELL = 0.03
const ALMOST_SILENT = 0.0001
/** Two that sound well together, long enough to turn one's head (the fifth A4 and E5). */
const TEST = [
  {hertz: 440, at: 0, lasts: 0.7},
  {hertz: 659.3, at: 0.45, lasts: 0.9},
]

/**
 * Resolves when they are over.
 * @param {readonly Note[]} notes @param {string} speaker its id; empty: the standard one
 * @param {number} loud
 */
export async function play(notes, speaker, loud) {
  const context = new AudioContext()
  const out = context.createMediaStreamDestination()
  const player = new Audio()
  player.srcObject = out.stream
  try {
    if (speaker !== '' && 'setSinkId' in player) await player.setSinkId(speaker)
    await player.play()
    for (const note of notes) sound(context, out, note, loud)
    const last = Math.max(...notes.map(({at, lasts}) => at + lasts))
    await new Promise(resolve => setTimeout(resolve, (last + SWELL) * 1000))
  } finally {
    player.srcObject = null
    await context.close()
  }
}

/** @param {AudioContext} context @param {AudioNode} out @param {Note} note @param {number} loud */
function sound(context, out, {hertz, at, lasts}, loud) {
  const begin = context.currentTime + at
  const end = begin + lasts
  const volume = new GainNode(context, {gain: 0})
  volume.gain.setValueAtTime(0, begin)
  volume.gain.linearRampToValueAtTime(loud, begin + SWELL)
  volume.gain.exponentialRampToValueAtTime(ALMOST_SILENT, end)
  const source = new OscillatorNode(context, {frequency: hertz})
  source.connect(volume).connect(out)
  source.start(begin)
  source.stop(end)
}

/** To hear whether one hears. @param {string} speaker */
export const tone = speaker => play(TEST, speaker, TEST_LOUD)
