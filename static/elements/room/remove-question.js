/**
 * The host sends somebody away: asked once more, by name, with what follows.
 *
 * Rule: in the list of people and nowhere else. No word of a choice is near it, and it tells nothing
 * of one (fair-consent P4).
 */
import {Part, button, icon, make, set, write} from '../common/dom.js'
import {RemoveEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Person} from '../../wire/messages.js' */

export class RemoveQuestion extends Part {
  static tag = 'remove-question'
  #say
  #pause
  #heading
  #what = make('p', {class: 'note'})
  #yes
  #no

  /** @param {Say} say @param {string} participant @param {string} pause between two questions */
  constructor(say, participant, pause) {
    super()
    this.#say = say
    this.#pause = pause
    const id = `remove-${participant}`
    this.#heading = make('h4', {id: `${id}-title`, tabindex: -1})
    this.#yes = button(say('remove.yes'), {'data-act': 'remove', 'data-size': 'small'})
    this.#no = button(say('remove.no'), {'data-act': 'keep', 'data-size': 'small'})
    this.opener = make(
      'button',
      {type: 'button', class: 'shut', 'aria-controls': id},
      icon('leave'),
    )
    set(this, {id, role: 'group', 'aria-labelledby': this.#heading.id})
    this.append(this.#heading, this.#what, make('div', {class: 'pair'}, this.#yes, this.#no))
    this.opener.addEventListener('click', () => this.#open(Boolean(this.hidden)))
    this.#yes.addEventListener('click', () => this.#remove(participant))
    this.#no.addEventListener('click', () => this.#open(false))
    this.addEventListener('keydown', this)
    this.#show(false)
  }

  /** @param {Person} person @param {boolean} handled  it is on its way */
  show({name}, handled) {
    const say = this.#say
    const label = say('remove.open', {name})
    set(this.opener, {'aria-label': label, title: label})
    write(this.#heading, say('remove.title', {name}))
    write(this.#what, say('remove.what', {name, pause: this.#pause}))
    for (const each of [this.#yes, this.#no]) set(each, {'aria-disabled': handled ? 'true' : null})
  }

  /** @param {boolean} open */
  #open(open) {
    this.#show(open)
    if (!open) return this.opener.focus()
    this.#heading.focus()
    this.scrollIntoView({block: 'nearest'})
  }

  /** @param {boolean} open */
  #show(open) {
    this.hidden = !open
    set(this.opener, {'aria-expanded': String(open)})
  }

  /** @param {string} participant */
  #remove(participant) {
    if (!this.#yes.hasAttribute('aria-disabled')) this.dispatchEvent(new RemoveEvent(participant))
  }

  /** @param {KeyboardEvent} event */
  handleEvent(event) {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    this.#open(false)
  }
}
