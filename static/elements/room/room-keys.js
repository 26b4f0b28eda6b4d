/**
 * The keys of the room.
 *
 * Rule: never while somebody types, and none with Control, Alt or Meta: those are the browser's.
 */
import {make} from '../common/dom.js'

/** @import {Say, Key} from '../../i18n/words.js' */

/** As they are listed: how each is written, and what it does. @type {readonly (readonly [string, Key])[]} */
const KEYS = [
  ['Space', 'settings.key.space'],
  ['M', 'settings.key.m'],
  ['V', 'settings.key.v'],
  ['Esc', 'settings.key.escape'],
]

/** @param {Say} say @returns {HTMLElement} */
export const keyList = say =>
  make(
    'dl',
    {class: 'keys'},
    ...KEYS.map(([key, text]) =>
      make(
        'div',
        {},
        make('dt', {}, make('kbd', {}, key === 'Space' ? say('key.space') : key)),
        make('dd', {}, say(text)),
      ),
    ),
  )

/** What a press on a key does, if anything. @param {KeyboardEvent} event @param {Readonly<Record<string, () => void>>} acts by `event.key`, letters small */
export function pressKey(event, acts) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat)
    return
  const {target} = event
  if (target instanceof Element && target.closest('input, textarea, select')) return
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (Object.hasOwn(acts, key)) acts[key]?.()
}
