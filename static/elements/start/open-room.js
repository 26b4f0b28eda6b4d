/** Open a room: a title, a language, and what may be asked for in it. */
import {cannotRun} from '../common/cannot-run.js'
import {refusalWords} from '../common/refusal-words.js'
import {field} from '../common/device-fields.js'
import {Part, icon, make, set, write} from '../common/dom.js'
import {OpenRoomEvent} from '../common/events.js'
import {languageSelect} from '../common/language-choice.js'
import {drawing} from '../consent/facts.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {ServerFacts} from '../../room/notices.js' */

/** @typedef {{title: string, language: string, features: readonly string[], knock: boolean}} Draft  what is typed */

/** As in `POST /api/rooms`. */
const TITLE_LENGTH = 100

export class OpenRoom extends Part {
  static tag = 'open-room'
  #say
  #title = make('input', {dir: 'auto', name: 'title', maxlength: TITLE_LENGTH, autocomplete: 'off'})
  #fault = make('p', {class: 'field-fault', id: 'open-fault', role: 'alert'})
  #submit
  #form

  /** @param {Say} say @param {{server: ServerFacts, language: string, languages: readonly string[], draft: Draft | null}} page */
  constructor(say, {server, language, languages, draft}) {
    super()
    this.#say = say
    this.#submit = make('button', {class: 'button', 'data-rank': 'first'}, say('start.submit'))
    this.#form = make(
      'form',
      {class: 'open-form', novalidate: true},
      field(say('start.name'), 'people', this.#title),
      field(
        say('language.label'),
        'globe',
        languageSelect(draft?.language ?? language, languages, {name: 'language'}),
      ),
      server.features.length > 0 ? features(say, server, language, draft) : null,
      door(say, draft),
      this.#fault,
      this.#submit,
    )
    this.#title.value = draft?.title ?? ''
    this.#form.addEventListener('submit', this)
    this.append(this.#form)
  }

  /** @param {{busy: boolean, fault: string | null}} state the code of what is wrong */
  show({busy, fault}) {
    write(this.#submit, this.#say(busy ? 'start.submitting' : 'start.submit'))
    set(this.#submit, {'aria-disabled': busy ? 'true' : null})
    this.#complain(fault === null ? '' : refusalWords(this.#say, fault))
  }

  /** What is typed so far. @returns {Draft} */
  get draft() {
    const form = new FormData(this.#form)
    return {
      title: this.#title.value.trim(),
      language: text(form.get('language')),
      features: form.getAll('feature').map(text),
      knock: form.has('knock'),
    }
  }

  /** Where one begins. */
  focusTitle() {
    this.#title.focus()
  }

  /** @param {string} text */
  #complain(text) {
    write(this.#fault, text)
    this.#fault.hidden = text === ''
  }

  /** @param {SubmitEvent} event */
  handleEvent(event) {
    event.preventDefault()
    if (this.#submit.hasAttribute('aria-disabled')) return
    const {draft} = this
    const {title} = draft
    set(this.#title, {
      'aria-invalid': title === '' ? 'true' : null,
      'aria-describedby': title === '' ? this.#fault.id : null,
    })
    if (title === '') {
      this.#complain(this.#say('start.name.missing'))
      this.#title.focus()
      return
    }
    this.dispatchEvent(new OpenRoomEvent(draft))
  }
}

/** Who may come in. @param {Say} say @param {Draft | null} draft */
const door = (say, draft) =>
  make(
    'label',
    {class: 'offer'},
    make('input', {
      type: 'checkbox',
      name: 'knock',
      checked: draft?.knock ?? false,
      'aria-describedby': 'knock-note',
    }),
    icon('gate'),
    make(
      'span',
      {},
      say('start.knock'),
      make('small', {id: 'knock-note'}, say('start.knock.note')),
    ),
  )

/** @param {FormDataEntryValue | null} value */
const text = value => (typeof value === 'string' ? value : '')

/** To offer is not to start, so all that can run are ticked: what is not offered cannot be asked for later. @param {Say} say @param {ServerFacts} server @param {string} language @param {Draft | null} draft */
function features(say, server, language, draft) {
  const boxes = server.features.map(({id, names, unavailable}) => {
    const why = unavailable && make('small', {}, cannotRun(say, unavailable))
    const box = make('input', {
      type: 'checkbox',
      name: 'feature',
      value: id,
      checked: !why && (draft?.features.includes(id) ?? true),
      disabled: !!why,
      'data-feature': id,
    })
    return make(
      'label',
      {class: 'offer'},
      box,
      icon(drawing(id)),
      make('span', {}, names[language] ?? id, why || null),
    )
  })
  return make(
    'fieldset',
    {class: 'offers', 'aria-describedby': 'offers-note'},
    make('legend', {}, say('start.features')),
    make('div', {class: 'offers-list'}, ...boxes),
    make('p', {class: 'note', id: 'offers-note'}, say('start.features.note')),
  )
}
