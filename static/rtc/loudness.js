/** How loud streams are just now, for the level meter and the speaker's ring. */

/** Decibels relative to full scale that the scale from 0 to 1 covers. */
const QUIET = -60
const LOUD = -12

/** @param {number} rms root mean square of the samples, 0 to 1 @returns {number} 0 to 1 */
export const loudness = rms =>
  Math.min(1, Math.max(0, (20 * Math.log10(Math.max(rms, 1e-6)) - QUIET) / (LOUD - QUIET)))

export class Loudness {
  /** @type {AudioContext | null} made late: browsers want a press before sound */
  #context = null
  /** @type {Map<string, {track: MediaStreamTrack, analyser: AnalyserNode, source: MediaStreamAudioSourceNode}>} */
  #ears = new Map()

  /** Listen to this track under this id; null stops. @param {string} id @param {MediaStreamTrack | null} track */
  hear(id, track) {
    const ear = this.#ears.get(id)
    if (ear?.track === track) return
    ear?.source.disconnect()
    this.#ears.delete(id)
    if (track === null) return
    // Nobody hears it, so it may compute in larger and fewer blocks.
    this.#context ??= new AudioContext({latencyHint: 'playback'})
    const analyser = this.#context.createAnalyser()
    analyser.fftSize = 1024
    const source = this.#context.createMediaStreamSource(new MediaStream([track]))
    source.connect(analyser)
    this.#ears.set(id, {track, analyser, source})
  }

  /** Forget everybody who is not among `ids`. @param {ReadonlySet<string>} ids */
  keep(ids) {
    for (const id of [...this.#ears.keys()]) if (!ids.has(id)) this.hear(id, null)
  }

  /** @param {string} id @returns {number} 0 to 1 */
  level(id) {
    const ear = this.#ears.get(id)
    if (!ear) return 0
    const samples = new Float32Array(ear.analyser.fftSize)
    ear.analyser.getFloatTimeDomainData(samples)
    return loudness(
      Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length),
    )
  }

  /** @returns {ReadonlyMap<string, number>} */
  levels() {
    return new Map([...this.#ears.keys()].map(id => [id, this.level(id)]))
  }

  /** Browsers start an AudioContext asleep until a press. */
  async wake() {
    if (this.#context?.state === 'suspended') await this.#context.resume()
  }

  async close() {
    this.keep(new Set())
    await this.#context?.close()
    this.#context = null
  }
}
