/**
 * The whole screen for the page, where the browser has that for pages (Fullscreen API; an iPhone
 * has it for films alone).
 *
 * Rule: it is the page that fills the screen, never a picture of it: what is said above all else,
 * and all that can be pressed, goes along.
 */

const page = () => document.documentElement

/** Whether it does; null where it cannot. @returns {boolean | null} */
export function fills() {
  if (!document.fullscreenEnabled || typeof page().requestFullscreen !== 'function') return null
  return document.fullscreenElement !== null
}

/** In, or out again. A browser that refuses leaves all as it is. */
export async function toggleFull() {
  try {
    if (fills() === false) await page().requestFullscreen()
    else await leaveFull()
  } catch (refusal) {
    console.debug('the whole screen was refused', refusal)
  }
}

/** Out of it, if it is so. */
export async function leaveFull() {
  if (fills()) await document.exitFullscreen()
}
