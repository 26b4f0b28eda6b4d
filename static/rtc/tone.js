/** A short tone, by the speaker that was chosen. */

const SECONDS = 0.8
const HERTZ = 440
const LOUD = 0.2

/** Resolves when it is over. @param {string} speaker its id; empty: the standard one */
export async function tone(speaker) {
  const context = new AudioContext()
  const out = context.createMediaStreamDestination()
  const volume = new GainNode(context, {gain: LOUD})
  const source = new OscillatorNode(context, {frequency: HERTZ})
  source.connect(volume).connect(out)
  const player = new Audio()
  player.srcObject = out.stream
  try {
    if (speaker !== '' && 'setSinkId' in player) await player.setSinkId(speaker)
    await player.play()
    source.start()
    await new Promise(resolve => setTimeout(resolve, SECONDS * 1000))
  } finally {
    player.srcObject = null
    await context.close()
  }
}
