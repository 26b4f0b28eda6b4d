/**
 * Ask for a draft: what it should say, in which tone, how long.
 *
 * Rule 1: without a model nothing honest can choose words, so only quotes are offered, and the
 * fields that would need one say why they rest.
 * Rule 2: while the feature is off the form takes no request; what was typed in it stays.
 */
import {clock} from '../../i18n/when.js'
import {cannotRun} from '../common/cannot-run.js'
import {Part, button, icon, make, rich, set, write} from '../common/dom.js'
import {PartEvent, TaskEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Length, Tone} from '../../wire/messages.js' */
/** @import {Notice, OfferedFeature} from '../../room/notices.js' */
/** @import {SignState} from '../../room/view.js' */

/** As on the wire (wire/assistant.py, `Draft`). */
const PROMPT_LENGTH = 500
/** @type {readonly Tone[]} */
const TONES = ['neutral', 'friendly', 'formal', 'direct']
/** @type {readonly Length[]} */
const LENGTHS = ['short', 'medium', 'long']

/** The form is to close. */
export class ComposeCloseEvent extends PartEvent {
  static type = 'compose-close'
  constructor() {
    super(ComposeCloseEvent.type)
  }
}

export class ComposeForm extends Part {
  static tag = 'compose-form'
  #say
  #language
  #name
  #drafts
  #runs = false
  #note = make('p', {class: 'note'})
  #told = ''
  #prompt = make('textarea', {
    dir: 'auto',
    rows: 2,
    maxlength: PROMPT_LENGTH,
    id: 'compose-prompt',
    'data-field': 'prompt',
  })
  #fault = make('p', {class: 'field-fault', id: 'compose-fault'})
  #tone
  #length
  #submit

  /**
   * @param {Say} say @param {string} language
   * @param {{notice: Notice, offer: Pick<OfferedFeature, 'drafts' | 'unavailable'>}} compose
   */
  constructor(say, language, {notice, offer}) {
    super()
    this.#say = say
    this.#language = language
    this.#name = notice.name
    this.#drafts = offer.drafts
    this.#tone = choice(TONES, tone => say(`draft.tone.${tone}`), 'tone')
    this.#length = choice(LENGTHS, length => say(`draft.length.${length}`), 'length')
    this.#submit = button(
      say(this.#drafts ? 'draft.submit' : 'draft.recap'),
      {type: 'submit', 'data-rank': 'first'},
      'compose',
    )
    this.#fault.hidden = true
    this.append(this.#build(offer.unavailable))
    this.addEventListener('keydown', this)
  }

  /** @param {string | null} unavailable */
  #build(unavailable) {
    const say = this.#say
    const heading = make('h3', {id: 'compose-name'}, this.#name)
    const shut = make(
      'button',
      {type: 'button', class: 'shut', 'aria-label': say('room.close')},
      icon('close'),
    )
    shut.addEventListener('click', () => this.dispatchEvent(new ComposeCloseEvent()))
    const form = make(
      'form',
      {class: 'compose', 'aria-labelledby': heading.id, novalidate: true},
      make('div', {class: 'compose-head'}, icon('compose'), heading, shut),
      unavailable === null ? this.#note : make('p', {class: 'note'}, cannotRun(say, unavailable)),
      ...(unavailable === null ? this.#fields() : []),
    )
    form.addEventListener('submit', this)
    return form
  }

  #fields() {
    const say = this.#say
    if (!this.#drafts) {
      set(this.#prompt, {disabled: true, rows: 1, 'aria-describedby': 'compose-why'})
      set(this.#tone.select, {disabled: true, 'aria-describedby': 'compose-why'})
    }
    const prompt = labelled(say('draft.prompt'), make('span', {class: 'entry'}, this.#prompt))
    const tone = labelled(say('draft.tone'), this.#tone.node)
    const length = labelled(say('draft.length'), this.#length.node)
    const row = (/** @type {Node[]} */ ...parts) => make('div', {class: 'compose-row'}, ...parts)
    if (this.#drafts) return [prompt, this.#fault, row(tone, length, this.#submit)]
    const why = make('p', {class: 'note', id: 'compose-why'}, say('fault.drafts-need-model'))
    return [row(length, this.#submit), make('div', {class: 'compose-never'}, why, prompt, tone)]
  }

  /** @param {SignState} sign */
  show({on, since}) {
    this.#runs = on === true
    const name = this.#name
    const time = clock(this.#language, since ?? Date.now())
    const off = this.#say(on === null ? 'notes.unknown' : 'draft.off', {name})
    const text = on ? this.#say('draft.reads', {time}) : off
    set(this.#submit, {'aria-disabled': on ? null : 'true'})
    if (text === this.#told) return
    this.#told = text
    this.#note.replaceChildren(...rich(text))
  }

  /** Where one begins. */
  focusFirst() {
    if (this.#drafts && this.#prompt.isConnected) this.#prompt.select()
    else if (this.#length.select.isConnected) this.#length.select.focus()
    else this.querySelector('button')?.focus()
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof KeyboardEvent) return this.#pressed(event)
    event.preventDefault()
    if (!this.#runs) return
    const length = LENGTHS[this.#length.select.selectedIndex] ?? 'short'
    if (!this.#drafts) return this.dispatchEvent(new TaskEvent({kind: 'recap', length}))
    const prompt = this.#prompt.value.trim()
    this.#complain(prompt === '')
    if (prompt === '') return
    const tone = TONES[this.#tone.select.selectedIndex] ?? 'neutral'
    this.dispatchEvent(new TaskEvent({kind: 'draft', prompt, tone, length}))
  }

  /** Enter asks, as it sends in the field for messages. @param {KeyboardEvent} event */
  #pressed(event) {
    const enter = event.key === 'Enter' && !event.isComposing && !event.shiftKey
    if (!enter || event.target !== this.#prompt) return
    event.preventDefault()
    if (!event.repeat) this.#submit.click()
  }

  /** @param {boolean} missing */
  #complain(missing) {
    write(this.#fault, missing ? this.#say('draft.prompt.missing') : '')
    this.#fault.hidden = !missing
    set(this.#prompt, {
      'aria-invalid': missing ? 'true' : null,
      'aria-describedby': missing ? this.#fault.id : null,
    })
    if (missing) this.#prompt.focus()
  }
}

/**
 * @template {string} T
 * @param {readonly T[]} values @param {(value: T) => string} label @param {string} name
 */
function choice(values, label, name) {
  const options = values.map(value => make('option', {value}, label(value)))
  const select = make('select', {name, 'data-field': name}, ...options)
  return {select, node: make('span', {class: 'entry'}, select, icon('down'))}
}

/** @param {string} label @param {HTMLElement} entry */
const labelled = (label, entry) =>
  make('label', {class: 'field'}, make('span', {class: 'field-name'}, label), entry)
