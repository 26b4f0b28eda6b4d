/**
 * One's own voice for a few seconds, and back to one's own ear.
 *
 * Rule: it is in the memory of this page alone: never stored, never sent, and gone when it was
 * heard or stopped.
 */

/** Whether this browser can keep a sound for a moment. */
export const canRecord = () => typeof MediaRecorder === 'function'

/**
 * @param {MediaStreamTrack} track @param {number} length in ms
 * @param {AbortSignal} signal stops it
 * @returns {Promise<Blob>}
 */
export async function recorded(track, length, signal) {
  /** @type {Blob[]} */
  const parts = []
  const recorder = new MediaRecorder(new MediaStream([track]))
  recorder.addEventListener('dataavailable', ({data}) => parts.push(data))
  const over = new Promise(resolve => recorder.addEventListener('stop', resolve, {once: true}))
  recorder.start()
  await waited(length, signal)
  if (recorder.state !== 'inactive') recorder.stop()
  await over
  signal.throwIfAborted()
  return new Blob(parts, {type: recorder.mimeType})
}

/** Resolves when it was heard, or stopped. @param {Blob} voice @param {string} speaker its id; empty: the standard one @param {AbortSignal} signal */
export async function played(voice, speaker, signal) {
  const address = URL.createObjectURL(voice)
  const player = new Audio(address)
  try {
    if (speaker !== '' && 'setSinkId' in player) await player.setSinkId(speaker)
    await player.play()
    await new Promise(resolve => {
      for (const type of ['ended', 'error']) player.addEventListener(type, resolve, {once: true})
      signal.addEventListener('abort', resolve, {once: true})
    })
  } finally {
    player.pause()
    player.removeAttribute('src')
    URL.revokeObjectURL(address)
  }
}

/** @param {number} length @param {AbortSignal} signal @returns {Promise<void>} */
function waited(length, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, length)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
