/**
 * Who could be meant by the "@" that is being typed: a list at the field, worked by keys, touch
 * and pointer (WAI-ARIA, a text field with a list to complete it).
 *
 * Rule 1: the focus stays in the field: the list is its `aria-controls`, the choice its
 * `aria-activedescendant`.
 * Rule 2: Escape closes the list and nothing else; without a choice Enter sends, as ever.
 */
import {Part, called, make, set, write} from '../common/dom.js'
import {asked, completed, offers} from '../../room/mentions.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {View} from '../../room/view.js' */

const ID = 'mentions'
const STEPS = /** @type {Readonly<Record<string, number>>} */ ({ArrowUp: -1, ArrowDown: 1})

export class MentionList extends Part {
  static tag = 'mention-list'
  #say
  #field
  #list
  #said = make('span', {class: 'unseen', role: 'status'})
  /** @type {readonly string[]} of the others who are here */
  #names = []
  /** @type {readonly string[]} */
  #offered = []
  #chosen = 0
  /** The place of an "@" that is done with: it was chosen for, or put away. @type {number | null} */
  #past = null

  /** @param {Say} say @param {HTMLTextAreaElement} field */
  constructor(say, field) {
    super()
    this.#say = say
    this.#field = field
    this.#list = make('ul', {id: ID, role: 'listbox', 'aria-label': say('chat.mention')})
    this.append(this.#list, this.#said)
    this.#list.hidden = true
    set(field, {'aria-autocomplete': 'list', 'aria-haspopup': 'listbox'})
    for (const type of ['input', 'click', 'keyup']) field.addEventListener(type, () => this.#look())
    field.addEventListener('blur', () => this.#offer([]))
    field.addEventListener('keydown', event => this.#key(event))
    // The focus stays in the field: a press on the list takes it nowhere.
    this.#list.addEventListener('pointerdown', event => event.preventDefault())
    this.#list.addEventListener('mousedown', event => event.preventDefault())
    this.#list.addEventListener('click', event => this.#press(event))
  }

  /** @param {View} view */
  show({people, you}) {
    this.#names = people.filter(({id}) => id !== you).map(({name}) => name)
  }

  /** Whether it is open: then Enter chooses, and sends nothing. */
  get open() {
    return this.#offered.length > 0
  }

  #look() {
    const query = this.#query()
    if (query === null || query.from !== this.#past) this.#past = null
    const asks = query !== null && this.#past === null
    const found = asks ? offers(this.#names, query.typed) : []
    if (String(found) !== String(this.#offered)) this.#offer(found)
  }

  #putAway() {
    this.#past = this.#query()?.from ?? null
    this.#offer([])
  }

  #query() {
    const {value, selectionStart, selectionEnd} = this.#field
    return selectionStart === selectionEnd ? asked(value, selectionStart) : null
  }

  /** @param {readonly string[]} names */
  #offer(names) {
    this.#offered = names
    this.#chosen = 0
    this.#list.replaceChildren(
      ...names.map((name, at) => make('li', {id: `${ID}-${at}`, role: 'option'}, called(name))),
    )
    this.#list.hidden = !this.open
    set(this.#field, {'aria-controls': this.open ? ID : null})
    write(this.#said, this.open ? this.#say('chat.mention.count', {count: names.length}) : '')
    this.#mark()
  }

  #mark() {
    const options = [...this.#list.children]
    options.forEach((option, at) => set(option, {'aria-selected': String(at === this.#chosen)}))
    options[this.#chosen]?.scrollIntoView({block: 'nearest'})
    set(this.#field, {'aria-activedescendant': this.open ? `${ID}-${this.#chosen}` : null})
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.open || event.isComposing) return
    const step = STEPS[event.key]
    if (step !== undefined) {
      this.#chosen = (this.#chosen + step + this.#offered.length) % this.#offered.length
      this.#mark()
    } else if (event.key === 'Escape') this.#putAway()
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab')
      this.#choose(this.#chosen)
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  /** @param {MouseEvent} event */
  #press({target}) {
    const option = target instanceof Element ? target.closest('[role=option]') : null
    if (option) this.#choose([...this.#list.children].indexOf(option))
  }

  /** @param {number} at */
  #choose(at) {
    const query = this.#query()
    const name = this.#offered[at]
    this.#putAway()
    if (query === null || name === undefined) return
    const {text, caret} = completed(this.#field.value, query, name)
    if (text.length > this.#field.maxLength) return
    this.#field.value = text
    this.#field.setSelectionRange(caret, caret)
    this.#field.focus()
  }
}
