/** One person in the list: name, state, and for the host the way to send them away. */
import {RemoveQuestion} from './remove-question.js'
import {ground, initials} from './video-tile.js'
import {icon, make, redraw, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Person} from '../../wire/messages.js' */
/**
 * @typedef {object} Shown
 * @property {boolean} you @property {boolean} speaking
 * @property {boolean} removable  by whoever looks
 * @property {boolean} handled  that is on its way
 */

export class PersonRow {
  #say
  #pause
  #face
  #name = make('bdi', {class: 'roster-name'})
  #state = make('small', {})
  #icon = icon('microphone')
  /** @type {RemoveQuestion | null} the host's */
  #removing = null

  /** @param {Say} say @param {string} id @param {string} pause between two questions */
  constructor(say, id, pause) {
    this.#say = say
    this.#pause = pause
    this.#face = make('span', {class: 'face', 'data-ground': ground(id), 'aria-hidden': 'true'})
    this.node = make(
      'li',
      {'data-participant': id},
      this.#face,
      make('span', {}, this.#name, this.#state),
      this.#icon,
    )
  }

  /** @param {Person} person @param {Shown} shown */
  show(person, {you, speaking, removable, handled}) {
    const say = this.#say
    const {media, present, hand, host, name} = person
    write(this.#face, initials(name))
    write(this.#name, you ? say('people.you', {name}) : name)
    const heard = media.microphone
      ? speaking
        ? 'people.speaking'
        : 'people.microphone.on'
      : 'people.microphone.off'
    const states = present
      ? [
          host && say('people.host'),
          hand && say('people.hand'),
          media.screen && say(media.screen_audio ? 'people.screen.sound' : 'people.screen'),
          say(heard),
        ]
      : [say('people.away')]
    write(this.#state, states.filter(Boolean).join(' · '))
    const sound = media.microphone ? (speaking ? 'speaking' : 'microphone') : 'microphone-off'
    redraw(this.#icon, !present ? 'away' : hand ? 'hand' : sound)
    set(this.node, {'data-present': String(present)})
    if (removable && this.#removing === null) this.#offerRemoval(person)
    this.#removing?.show(person, handled)
  }
  /** @param {Person} person */
  #offerRemoval({id}) {
    this.#removing = new RemoveQuestion(this.#say, id, this.#pause)
    this.node.append(this.#removing.opener, this.#removing)
  }
}
