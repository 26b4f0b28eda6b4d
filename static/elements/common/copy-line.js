/**
 * Copies one line of a log: its words, as they were written or said.
 *
 * Rule 1: it is seen where one points, where the focus is, and on what has no pointer that hovers.
 * Rule 2: of all in a log the newest takes the focus by Tab, the others by the arrow keys: nobody
 * has to go through a hundred of them.
 * Rule 3: a new line is read out without it.
 */
import {icon, make, redraw, set, write} from './dom.js'

/** @import {Say} from '../../i18n/words.js' */

const SAID_FOR = 3000
const PRESSES = '.copy-line'
const STEPS = /** @type {Readonly<Record<string, number>>} */ ({ArrowUp: -1, ArrowDown: 1})

/**
 * @typedef {object} Line
 * @property {string} label  whose it is, and of when
 * @property {string} text  what is copied
 * @property {HTMLElement} words  where it stands
 * @property {HTMLElement} said  says so, politely; one for the whole log, and outside of it
 */

/** @param {Say} say @param {Line} line @returns {HTMLElement} */
export function copyLine(say, {label, text, words, said}) {
  const press = make(
    'button',
    {
      type: 'button',
      class: 'copy-line',
      tabindex: -1,
      'aria-label': say('copy.about', {label}),
      title: say('copy'),
    },
    icon('copy'),
  )
  const draw = (/** @type {boolean} */ done) => {
    set(press, {'data-state': done ? 'done' : null})
    if (press.firstElementChild instanceof SVGSVGElement)
      redraw(press.firstElementChild, done ? 'tick' : 'copy')
    write(said, done ? say('copied') : '')
  }
  press.addEventListener('click', async () => {
    if (!(await copied(words, text))) return
    draw(true)
    setTimeout(() => draw(false), SAID_FOR)
  })
  return make('span', {class: 'line-tool', 'aria-live': 'off'}, press)
}

/** Where there is no clipboard for this page, the words are selected, so that the usual keys copy them. @param {HTMLElement} words @param {string} text */
async function copied(words, text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    getSelection()?.selectAllChildren(words)
    return false
  }
}

/** The newest takes the focus by Tab. @param {HTMLElement} log */
export function offerNewest(log) {
  const all = [...log.querySelectorAll(PRESSES)]
  if (all.some(each => each === document.activeElement)) return
  for (const each of all) set(each, {tabindex: each === all.at(-1) ? 0 : -1})
}

/** From one line to another. @param {HTMLElement} log @param {KeyboardEvent} event */
export function stepLines(log, event) {
  const step = STEPS[event.key]
  if (step === undefined || !(event.target instanceof Element)) return
  const all = [...log.querySelectorAll(PRESSES)]
  const at = all.indexOf(event.target)
  const next = all[at + step]
  if (at === -1 || !(next instanceof HTMLElement)) return
  event.preventDefault()
  for (const each of all) set(each, {tabindex: each === next ? 0 : -1})
  next.focus()
}
