/**
 * Keeps the screen on: in a meeting nobody touches it for long.
 *
 * Rule: a browser lets go of it by itself when the page is hidden, so it is asked for again when the page
 * is seen; where there is none, or the battery is low, the screen goes dark as ever.
 */

/** @param {AbortSignal} signal  until when */
export function stayAwake(signal) {
  if (!('wakeLock' in navigator)) return
  const lock = new Lock()
  const look = () => void (document.visibilityState === 'visible' && lock.take())
  document.addEventListener('visibilitychange', look, {signal})
  signal.addEventListener('abort', () => lock.end())
  look()
}

class Lock {
  /** @type {WakeLockSentinel | null} */
  #held = null
  #asking = false
  #over = false

  async take() {
    if (this.#over || this.#asking || this.#held?.released === false) return
    this.#asking = true
    try {
      this.#held = await navigator.wakeLock.request('screen')
    } catch (refusal) {
      console.debug('the screen may go dark', refusal)
    } finally {
      this.#asking = false
    }
    if (this.#over) this.end()
  }

  end() {
    this.#over = true
    this.#held?.release().catch(refusal => console.debug('not released', refusal))
    this.#held = null
  }
}
