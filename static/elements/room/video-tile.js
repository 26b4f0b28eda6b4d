/** One person: their picture or their initials, their name, and whether they are heard. */
import {LineSign} from './line-sign.js'
import {PinButton} from './pin-button.js'
import {Part, icon, make, redraw, set, unseen, write} from '../common/dom.js'
import {PreferEvent} from '../common/events.js'
import {REACTIONS} from '../../wire/messages.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Line} from './line-sign.js' */
/** @import {Person} from '../../wire/messages.js' */

/** Keeps two letters of a script that joins them apart (Unicode, ZWNJ). */
const APART = '\u200c'

/** Two letters for a plain tile. @param {string} name @returns {string} */
export function initials(name) {
  const words = name.trim().split(/\s+/u)
  const named = words.filter(word => /^\p{L}/u.test(word))
  const [first, ...more] = named.length > 0 ? named : words
  return [first, more.at(-1)]
    .flatMap(word => [...(word ?? '')].slice(0, 1))
    .join(APART)
    .toLocaleUpperCase()
}

/** Which of the quiet grounds a tile without a picture has: constant for one person. @param {string} id @returns {number} */
export const ground = id => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 4

export class VideoTile extends Part {
  static tag = 'video-tile'
  #say
  #you
  #video = make('video', {playsinline: true, autoplay: true})
  #initials = make('span', {class: 'initials', 'aria-hidden': 'true'})
  #icon = icon('microphone')
  #name = make('bdi', {class: 'tile-name'})
  #state = unseen('')
  #hand
  #reaction = make('p', {class: 'tile-reaction'})
  #away
  #line
  #pin

  /** @param {Say} say @param {{id: string, you: boolean, acts?: boolean}} who `acts`: whether one can keep it large, or hide it */
  constructor(say, {id, you, acts = true}) {
    super()
    this.#say = say
    this.#you = you
    this.#video.muted = you
    this.#hand = make('p', {class: 'hand'}, icon('hand'), make('span', {}, say('tile.hand')))
    this.#away = make('p', {class: 'away'}, icon('away'), make('span', {}, say('tile.away')))
    this.#line = new LineSign(say)
    this.#pin = new PinButton({kind: 'person', id})
    this.#reaction.hidden = true
    set(this, {'data-participant': id, 'data-you': you, 'data-ground': ground(id)})
    this.append(
      make(
        'figure',
        {class: 'tile'},
        this.#initials,
        this.#video,
        make('div', {class: 'tile-marks'}, this.#hand, this.#away, this.#reaction),
        acts && make('div', {class: 'tile-acts'}, you && this.#hide(), this.#pin),
        make('figcaption', {}, this.#icon, make('span', {}, this.#name, this.#state), this.#line),
      ),
    )
  }

  /** The element that sounds; the stage plays it and chooses its speaker. */
  get video() {
    return this.#video
  }

  /** @param {{person: Person, speaking: boolean, stream: MediaStream | null, line: Line, pinned?: boolean, large?: boolean}} state */
  show({person, speaking, stream, line, pinned = false, large = false}) {
    const {camera, microphone} = person.media
    if (this.#video.srcObject !== stream) this.#video.srcObject = stream
    set(this, {
      'data-speaking': speaking && microphone,
      'data-camera': camera && stream !== null && line.level !== 'spared' ? 'on' : 'off',
      'data-microphone': microphone ? 'on' : 'off',
      'data-present': person.present ? 'true' : 'false',
      'data-large': large,
    })
    redraw(this.#icon, !microphone ? 'microphone-off' : speaking ? 'speaking' : 'microphone')
    const name = this.#you ? this.#say('tile.you') : person.name
    write(this.#name, person.host ? this.#say('tile.host', {name}) : name)
    write(this.#state, this.#spoken(person, speaking))
    write(this.#initials, initials(person.name))
    this.#hand.hidden = !person.hand
    this.#away.hidden = person.present
    this.#line.show(line, name)
    this.#pin.show(this.#say(this.#you ? 'pin.you' : 'pin.person', {name: person.name}), pinned)
  }

  /** Out of one's own sight, which changes nothing for the others. */
  #hide() {
    const name = this.#say('self.hide')
    const press = make(
      'button',
      {type: 'button', class: 'tile-act', 'aria-label': name, title: name},
      icon('unseen'),
    )
    press.addEventListener('click', () => this.dispatchEvent(new PreferEvent('self-view', 'off')))
    return press
  }

  /** @param {Person} person @param {boolean} speaking */
  #spoken({media}, speaking) {
    const sound = !media.microphone ? 'tile.muted' : speaking ? 'tile.speaking' : null
    return (sound ? this.#say(sound) : '') + (media.camera ? '' : this.#say('tile.camera-off'))
  }

  /** @param {string | null} reaction passing, or none */
  react(reaction) {
    const drawn = this.#reaction.dataset['reaction'] ?? null
    if (drawn === reaction) return
    this.#reaction.hidden = reaction === null
    set(this.#reaction, {'data-reaction': reaction})
    this.#reaction.replaceChildren(...(reaction === null ? [] : reactionMark(this.#say, reaction)))
  }
}

/** @param {Say} say @param {string} reaction @returns {Node[]} */
export function reactionMark(say, reaction) {
  const known = REACTIONS.find(each => each === reaction)
  return known ? [icon(known), make('span', {}, say(`reaction.${known}`))] : []
}
