/**
 * The sign: one plate per feature, for everyone, all the time.
 *
 * Rule 1: it shows what the sinks say (`View.signs`), never a wish.
 * Rule 2: off looks the same for every cause, and comes at once, without motion.
 * Rule 3: each lit plate carries its own "Don't allow" (fair-consent A1).
 * Rule 4: while the connection is lost nobody here knows, and that is what it says.
 * Rule 5: nothing moves when something begins or ends: each plate has the same room, lit or not (sign.css).
 */
import {clock} from '../../i18n/when.js'
import {Part, icon, make, redraw, rich, set, write} from '../common/dom.js'
import {DecisionEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @typedef {import('../../room/view.js').SignState} Sign */

export class OnAirSign extends Part {
  static tag = 'on-air-sign'
  #say
  #language
  /** @type {Map<string, {plate: HTMLElement, notice: Notice, drawn: string}>} */
  #plates = new Map()

  /** @param {Say} say @param {string} language @param {readonly Notice[]} notices */
  constructor(say, language, notices) {
    super()
    this.#say = say
    this.#language = language
    const list = make('ul', {class: 'sign', 'aria-label': say('sign.label')})
    for (const notice of notices) {
      const plate = make('li', {'data-feature': notice.feature})
      this.#plates.set(notice.feature, {plate, notice, drawn: ''})
      list.append(plate)
    }
    this.style.setProperty('--plates', String(notices.length))
    this.append(list)
  }

  /** @param {Readonly<Record<string, Sign>>} signs */
  show(signs) {
    for (const [feature, held] of this.#plates) {
      const {on, since} = signs[feature] ?? {on: false, since: null}
      const drawn = `${stateOf(on)} ${since}`
      if (drawn === held.drawn) continue
      held.drawn = drawn
      set(held.plate, {'data-state': stateOf(on)})
      held.plate.replaceChildren(...this.#draw(held.notice, on, since))
    }
  }

  /** @param {Notice} notice @param {boolean | null} on @param {string | null} since */
  #draw(notice, on, since) {
    const say = this.#say
    const {name, object, feature} = notice
    if (!on && since === null) {
      const text = make('span', {}, say(on === null ? 'sign.unknown' : 'sign.off', {name}))
      return [make('span', {class: 'state'}, icon(on === null ? 'away' : 'off'), text)]
    }
    const lit = since
      ? say('sign.on', {name, time: clock(this.#language, since)})
      : say('sign.on.now', {name})
    const text = on ? lit : say('sign.unknown', {name})
    const stop = make(
      'button',
      {
        type: 'button',
        'data-feature': feature,
        'data-answer': 'declined',
        'aria-label': say('sign.dont.label', {object}),
      },
      icon('ring-no'),
      make('span', {}, say('sign.dont')),
    )
    stop.addEventListener('click', () => this.dispatchEvent(new DecisionEvent(feature, 'declined')))
    return [
      make(
        'span',
        {class: 'state'},
        icon(on ? 'on' : 'away'),
        make('span', {}, ...rich(text, 'span')),
      ),
      stop,
    ]
  }
}

/** @param {boolean | null} on */
const stateOf = on => (on === null ? 'unknown' : on ? 'on' : 'off')

/** On or off as a small lamp beside a feature's name. */
export class GateLamp extends Part {
  static tag = 'gate-lamp'
  #say
  #language
  #icon = icon('off')
  #text = make('span')

  /** @param {Say} say @param {string} language */
  constructor(say, language) {
    super()
    this.#say = say
    this.#language = language
    set(this, {class: 'lamp'})
    this.append(this.#icon, this.#text)
  }

  /** @param {Sign} sign */
  show({on, since}) {
    set(this, {'data-state': stateOf(on)})
    redraw(this.#icon, on === null ? 'away' : stateOf(on))
    write(this.#text, this.#words(on, since))
  }

  /** @param {boolean | null} on @param {string | null} since */
  #words(on, since) {
    if (!on) return this.#say(on === null ? 'lamp.unknown' : 'lamp.off')
    if (!since) return this.#say('lamp.on.now')
    return this.#say('lamp.on', {time: clock(this.#language, since)})
  }
}
