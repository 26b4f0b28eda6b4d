/**
 * A person asks for all that is held of them, or for its end: their receipt says whom it is about.
 *
 * Rule: what is done is named before it is done, with whom it is about.
 */
import {ReceiptsEvent, RequestEvent} from './events.js'
import {id, pageHead, section} from './layout.js'
import {pair} from './notices-page.js'
import {redraw} from './redraw.js'
import {Part, button, icon, make, set, write} from '../common/dom.js'
import {listed} from '../../i18n/amounts.js'
import {dayAndClock} from '../../i18n/when.js'

/** @import {Subject} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */
/** @import {Names} from './storage-page.js' */

/** Bytes; more is no file of receipts. */
const MOST = 60_000

export class RequestsPage extends Part {
  static tag = 'requests-page'
  #voice
  #file = make('input', {type: 'file', accept: '.jws,.txt,.json', id: 'receipts'})
  #drop
  #found = make('div', {class: 'subject-found'})
  #fault = make('p', {class: 'field-fault', role: 'alert', hidden: true})

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    const {tell} = voice
    this.#voice = voice
    this.#drop = make(
      'label',
      {class: 'drop', for: 'receipts'},
      icon('receipt'),
      make('span', {}, tell('request.drop')),
      this.#file,
    )
    this.#file.addEventListener('change', () => void this.#read(this.#file.files?.[0]))
    for (const type of ['dragover', 'dragleave', 'drop']) this.#drop.addEventListener(type, this)
    this.append(
      pageHead(tell('request.title'), tell('request.note')),
      make(
        'div',
        {class: 'boards'},
        section(
          {id: 'request', title: tell('request.whose'), note: tell('request.whose.note')},
          this.#drop,
          this.#fault,
          this.#found,
        ),
      ),
    )
  }

  /** @param {DragEvent} event */
  handleEvent(event) {
    event.preventDefault()
    set(this.#drop, {'data-over': event.type === 'dragover' ? 'true' : null})
    if (event.type === 'drop') void this.#read(event.dataTransfer?.files[0])
  }

  /** @param {File | undefined} file */
  async #read(file) {
    if (!file) return
    this.#found.replaceChildren()
    if (file.size > MOST) return this.complain(this.#voice.tell('fault.receipt-invalid'))
    this.complain('')
    this.dispatchEvent(new ReceiptsEvent(await file.text()))
    this.#file.value = ''
  }

  /** @param {string} text */
  complain(text) {
    write(this.#fault, text)
    this.#fault.hidden = text === ''
  }

  /** @param {{subject: Subject | null, names: Names, busy: string | null, done: string}} data */
  show({subject, names, busy, done}) {
    if (subject === null) return this.#found.replaceChildren()
    const {tell, language} = this.#voice
    const called = subject.features.map(each => names[each] ?? each)
    redraw(
      this.#found,
      make('h3', {}, tell('request.found')),
      make(
        'dl',
        {class: 'about'},
        pair(tell('evidence.meeting'), id(subject.meeting)),
        subject.opened_at === null
          ? ''
          : pair(tell('evidence.opened'), dayAndClock(language, subject.opened_at)),
        pair(tell('request.person'), id(subject.person)),
        pair(
          tell('request.in'),
          called.length === 0 ? tell('request.nothing') : listed(language, called),
        ),
      ),
      make('div', {class: 'audit-acts'}, ...this.#acts(busy)),
      make('p', {role: 'status'}, done),
    )
  }

  /** @param {string | null} busy */
  #acts(busy) {
    const {tell} = this.#voice
    return /** @type {const} */ (['export', 'erase']).map(what => {
      const press = button(
        tell(`request.${what}`),
        {'data-act': what, 'data-key': what, 'aria-disabled': busy === null ? null : 'true'},
        what === 'export' ? 'save' : 'erase',
      )
      press.addEventListener('click', () => {
        if (!press.hasAttribute('aria-disabled')) this.dispatchEvent(new RequestEvent(what))
      })
      return press
    })
  }
}
