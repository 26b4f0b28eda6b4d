/**
 * The keys of the room.
 *
 * Rule 1: never while somebody types, but Escape, which writes nothing; and none with Control, Alt or
 * Meta: those are the browser's.
 * Rule 2: who wants none of one sign alone turns them off (WCAG 2.1.4); Escape stays.
 * Rule 3: none answers a question or stops what runs, but Escape, which is a no.
 */
import {make} from '../common/dom.js'
import {isElement} from '../common/pressable.js'

/** @import {Say, Key} from '../../i18n/words.js' */

/** As they are listed: how each is written, and what it does. @type {readonly (readonly [Key, readonly (readonly [string, Key])[]])[]} */
const KEYS = [
  [
    'keys.speaking',
    [
      ['Space', 'settings.key.space'],
      ['M', 'settings.key.m'],
      ['V', 'settings.key.v'],
      ['S', 'settings.key.s'],
      ['H', 'settings.key.h'],
      ['R', 'dock.react'],
    ],
  ],
  [
    'keys.seeing',
    [
      ['G', 'settings.key.g'],
      ['F', 'settings.key.f'],
      ['P', 'dock.small'],
      ['C', 'settings.key.c'],
    ],
  ],
  [
    'keys.going',
    [
      ['A', 'settings.key.a'],
      ['U', 'people.tab'],
      ['T', 'chat.tab'],
      ['N', 'notes.tab'],
      ['O', 'settings.title'],
      ['?', 'settings.key.list'],
      ['Esc', 'settings.key.escape'],
    ],
  ],
]

/** A key of another keyboard's by where it lies, and signs that differ by script. @type {Readonly<Record<string, string>>} */
const SAME = {'؟': '?'}

/**
 * @param {Say} say @param {ReadonlySet<string>} [without] keys that do nothing here
 * @returns {HTMLElement[]}
 */
export const keyList = (say, without = new Set()) =>
  KEYS.flatMap(([title, keys]) => [
    make('h3', {}, say(title)),
    make(
      'dl',
      {class: 'keys'},
      ...keys
        .filter(([key]) => !without.has(key))
        .map(([key, text]) =>
          make(
            'div',
            {},
            make('dt', {}, make('kbd', {}, key === 'Space' ? say('key.space') : key)),
            make('dd', {}, say(text)),
          ),
        ),
    ),
  ])

/** Keys that do nothing in a room of these acts. @param {Readonly<Record<string, unknown>>} acts by key */
export const unused = acts =>
  KEYS.flatMap(([, keys]) => keys.map(([key]) => key)).filter(
    key => key.length === 1 && !Object.hasOwn(acts, key.toLowerCase()),
  )

/** What a key is called here: by the letter on it, or by its place on keyboards without our letters. @param {KeyboardEvent} event */
function nameOf({key, code}) {
  if (key.length !== 1) return key
  const latin = /^Key([A-Z])$/.exec(code)?.[1]
  if (latin !== undefined && !/^[a-z]$/i.test(key)) return latin.toLowerCase()
  return SAME[key] ?? key.toLowerCase()
}

/**
 * What a press on a key does, if anything.
 * @param {KeyboardEvent} event
 * @param {Readonly<Record<string, () => void>>} acts by `event.key`, letters small
 * @param {boolean} [signs] whether keys of one sign do anything
 */
export function pressKey(event, acts, signs = true) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat)
    return
  const {target} = event
  const types = isElement(target) && target.closest('input, textarea, select')
  if (types && (event.key !== 'Escape' || event.isComposing)) return
  const key = nameOf(event)
  const sign = key.length === 1 && key !== ' '
  if ((sign && !signs) || !Object.hasOwn(acts, key)) return
  // Where the focus goes by it, the letter itself is not written.
  if (sign) event.preventDefault()
  acts[key]?.()
}
