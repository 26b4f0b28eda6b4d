/** A switch: its words, what it is for, and whether it is on. */
import {make} from './dom.js'

/** @param {string} id @param {string} text @param {string | null} [note] @returns {HTMLButtonElement} */
export function switchButton(id, text, note = null) {
  const label = make('span', {id: `switch-${id}`}, text)
  const said = note === null ? null : make('small', {id: `switch-${id}-note`}, note)
  return make(
    'button',
    {
      type: 'button',
      role: 'switch',
      class: 'switch',
      'data-tool': id,
      'aria-labelledby': label.id,
      'aria-describedby': said?.id,
    },
    make('span', {}, label, said),
    make('span', {class: 'switch-track', 'aria-hidden': 'true'}),
  )
}
