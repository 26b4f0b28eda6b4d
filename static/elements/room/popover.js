/**
 * What opens above the dock.
 *
 * Rule: it ends below the sign, in every window: nothing covers "Don't allow" (fair-consent A1).
 */
import {make} from '../common/dom.js'

/** @param {string} id @param {string} label @returns {HTMLElement} */
export function popover(id, label) {
  const pop = make('div', {
    id: `pop-${id}`,
    class: 'pop',
    popover: 'auto',
    role: 'dialog',
    'aria-label': label,
  })
  let shown = new AbortController()
  pop.addEventListener('beforetoggle', ({newState}) => {
    shown.abort()
    if (newState !== 'open') return
    shown = new AbortController()
    fit(pop)
    addEventListener('resize', () => fit(pop), {signal: shown.signal})
  })
  return pop
}

/** As high as there is room below the sign. @param {HTMLElement} pop */
function fit(pop) {
  const ends = [...document.querySelectorAll('room-head, on-air-sign')].map(
    node => node.getBoundingClientRect().bottom,
  )
  pop.style.setProperty('--gk-below-sign', `${Math.max(0, ...ends)}px`)
}
