/**
 * Everything held of one: taken home as one archive, or erased, all of it at once.
 *
 * Rule: what cannot be undone says once what it does before it is done, between two equal ends.
 */
import {EraseAllEvent} from './after-events.js'
import {ownParts} from '../../kept/kept.js'
import {Part, icon, make, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Kept} from '../../kept/kept.js' */
/** @typedef {{sending: boolean, failed: boolean}} SentAll */

export class AllMine extends Part {
  static tag = 'all-mine'
  #say
  #asked = false
  #sending = false
  #shown = ''
  #body = make('div', {class: 'part', tabindex: -1})
  #fault = make('p', {class: 'field-fault', role: 'alert'})

  /** @param {Say} say @param {string} url of the archive */
  constructor(say, url) {
    super()
    this.#say = say
    const save = make('a', {class: 'button', 'data-size': 'small', href: url, download: true})
    save.append(icon('save'), make('span', {}, say('mine.save')))
    this.append(make('p', {class: 'note'}, say('mine.note')), save, this.#body, this.#fault)
    this.addEventListener('keydown', event => {
      if (event.key === 'Escape' && this.#asked) this.#ask(false)
    })
  }

  /** @param {Kept} kept @param {SentAll} sent */
  show(kept, {sending, failed}) {
    // There may be more than the page shows: of a feature that is not offered any more.
    const held = ownParts(kept).some(each => each.your_part === 'kept')
    if (!held) this.#asked = false
    this.#sending = sending
    this.#draw(held)
    write(this.#fault, failed ? this.#say('fault.erase-failed') : '')
  }

  /** @param {boolean} there whether there is anything to erase */
  #draw(there) {
    const shown = [there, this.#asked, this.#sending].join()
    if (shown === this.#shown) return
    const held = this.#body.contains(document.activeElement)
    this.#shown = shown
    const view = there ? (this.#asked ? this.#confirm() : this.#end()) : []
    this.#body.replaceChildren(...view)
    if (held && !this.#body.contains(document.activeElement)) this.#body.focus()
  }

  /** @param {boolean} asked */
  #ask(asked) {
    this.#asked = asked
    this.#draw(true)
    const target = asked ? this.#body.querySelector('h3') : this.#body.querySelector('button')
    if (target instanceof HTMLElement) target.focus()
  }

  #end() {
    const erase = button(this.#say('mine.erase'), {'data-end': 'erase-all'})
    erase.addEventListener('click', () => this.#ask(true))
    return [erase]
  }

  #confirm() {
    const off = this.#sending ? 'true' : null
    const yes = button(this.#say('mine.yes'), {'data-answer': 'yes', 'aria-disabled': off})
    const no = button(this.#say('mine.no'), {'data-answer': 'no', 'aria-disabled': off})
    if (!this.#sending) {
      yes.addEventListener('click', () => this.dispatchEvent(new EraseAllEvent()))
      no.addEventListener('click', () => this.#ask(false))
    }
    const heading = make('h3', {id: 'erase-all', tabindex: -1}, this.#say('mine.ask'))
    const what = /** @type {const} */ (['mine.goes', 'mine.again', 'mine.stays', 'mine.undo'])
    return [
      make(
        'section',
        {class: 'part-confirm', 'aria-labelledby': heading.id},
        heading,
        make('ul', {}, ...what.map(key => make('li', {}, this.#say(key)))),
        make('div', {class: 'ends'}, yes, no),
      ),
    ]
  }
}

/** @param {string} words @param {Record<string, string | null>} given */
const button = (words, given) =>
  make('button', {type: 'button', class: 'end', ...given}, make('b', {}, words))
