/**
 * What was on, and when: a row of bars per feature, and a thin row per person below what
 * filmed them. Every bar says its times; a gap says nothing, whatever its cause.
 */
import {MomentEvent} from './after-events.js'
import {listed} from '../../i18n/amounts.js'
import {clock, exactClock} from '../../i18n/when.js'
import {everOn} from '../../kept/kept.js'
import {bars, place, ticks, windowOf} from '../../kept/timeline.js'
import {Part, called, make, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Captured, FilmState, Kept, KeptFeature} from '../../kept/kept.js' */
/** @import {Bar, Window} from '../../kept/timeline.js' */

const MOST_TICKS = 6
/** In a film that is in this state there is nobody, nor was. @type {ReadonlySet<FilmState>} */
const UNSEEN = new Set(/** @type {const} */ (['none', 'empty']))

export class WhenTimeline extends Part {
  static tag = 'when-timeline'
  #say
  #language
  #shown = ''
  /** @type {Window} */
  #window = {from: 0, to: 1}
  /** @type {Map<string, HTMLElement>} one needle per feature that has a film */
  #needles = new Map()

  /** @param {Say} say @param {string} language */
  constructor(say, language) {
    super()
    this.#say = say
    this.#language = language
  }

  /** @param {Kept} kept @param {number} now milliseconds, for what is still on */
  show(kept, now) {
    const features = everOn(kept)
    const going = kept.ended_at === null ? now : 0
    const films = features.map(({film}) => film.state)
    const shown = JSON.stringify([kept.people, features.map(each => each.stretches), films, going])
    this.hidden = features.length === 0
    if (shown === this.#shown) return
    this.#shown = shown
    this.#window = windowOf(kept, now)
    this.#needles.clear()
    const playable = features.some(({film}) => film.state === 'ready')
    this.replaceChildren(this.#section(kept, features, now, playable))
  }

  /** @param {string} feature @param {number | null} moment milliseconds */
  point(feature, moment) {
    const needle = this.#needles.get(feature)
    if (!needle) return
    needle.hidden = moment === null
    if (moment !== null) needle.style.setProperty('--at', String(place(this.#window, moment)))
  }

  /** @param {Kept} kept @param {readonly KeptFeature[]} features @param {number} now @param {boolean} playable */
  #section(kept, features, now, playable) {
    const say = this.#say
    const fell = features.some(each => each.stretches.some(({latest}) => latest !== null))
    const note = [
      say('when.note'),
      ...(fell ? [say('when.fell')] : []),
      ...(playable ? [say('when.jump')] : []),
    ].join(' ')
    return make(
      'section',
      {class: 'section', 'aria-labelledby': 'when'},
      make('h2', {id: 'when'}, say('when.title')),
      make('p', {class: 'note'}, note),
      make(
        'dl',
        {class: 'timeline'},
        ...features.flatMap(feature => this.#rows(kept, feature, now)),
      ),
      this.#axis(),
    )
  }

  /** @param {Kept} kept @param {KeptFeature} feature @param {number} now */
  #rows(kept, feature, now) {
    const own = bars(feature.stretches, this.#window, now)
    const people = UNSEEN.has(feature.film.state) ? [] : kept.people
    return [
      make('dt', {}, feature.name),
      this.#row(feature, own),
      ...people.flatMap(person => {
        const theirs = feature.stretches.filter(each => each.people.includes(person.id))
        if (theirs.length === 0) return []
        return this.#person(kept, person, bars(theirs, this.#window, now))
      }),
    ]
  }

  /** @param {KeptFeature} feature @param {readonly Bar[]} own */
  #row(feature, own) {
    const {id, name, film} = feature
    if (film.state !== 'ready') return this.#picture(name, own, 'when.on')
    const needle = make('i', {class: 'needle', hidden: true})
    this.#needles.set(id, needle)
    return make(
      'dd',
      {},
      this.#lane(
        own.map(bar => this.#press(id, name, bar)),
        needle,
      ),
    )
  }

  /** @param {Kept} kept @param {Captured} person @param {readonly Bar[]} theirs */
  #person({you}, {id, name}, theirs) {
    const known = name ?? this.#say('when.somebody')
    const label = id === you ? this.#say('people.you', {name: known}) : known
    return [
      make('dt', {class: 'person'}, called(label)),
      set(this.#picture(label, theirs, 'when.in'), {class: 'person'}),
    ]
  }

  /** @param {string} name @param {readonly Bar[]} own @param {'when.on' | 'when.in'} words */
  #picture(name, own, words) {
    const times = listed(
      this.#language,
      own.map(bar => this.#times(bar)),
    )
    const lane = this.#lane(own.map(bar => put(make('i', {class: 'bar'}), bar)))
    return make('dd', {}, set(lane, {role: 'img', 'aria-label': this.#say(words, {name, times})}))
  }

  /** @param {readonly HTMLElement[]} own @param {HTMLElement | null} [needle] */
  #lane(own, needle = null) {
    return make('div', {class: 'lane'}, ...this.#marks(), ...own, needle)
  }

  /** @param {string} feature @param {string} name @param {Bar} bar */
  #press(feature, name, bar) {
    const time = this.#times(bar)
    const press = make('button', {
      type: 'button',
      class: 'bar',
      title: time,
      'aria-label': this.#say('when.go', {name, time}),
    })
    press.addEventListener('click', event => {
      const {left, width} = press.getBoundingClientRect()
      // A key presses the whole bar: from its beginning. A pointer presses a place in it.
      const share =
        event.detail === 0 ? 0 : Math.min(Math.max((event.clientX - left) / width, 0), 1)
      this.dispatchEvent(new MomentEvent(feature, bar.from + share * (bar.to - bar.from)))
    })
    return put(press, bar)
  }

  /** @param {Bar} bar */
  #times({from: began, to: ended, open, latest}) {
    const from = this.#clock(began)
    if (open) return this.#say('when.since', {from})
    const to = this.#clock(ended)
    if (latest !== null) return this.#say('when.span.fell', {from, to, latest: this.#clock(latest)})
    return from === to ? from : this.#say('when.span', {from, to})
  }

  /** @param {number} moment */
  #clock(moment) {
    const short = this.#window.to - this.#window.from < 10 * 60_000
    return short ? exactClock(this.#language, moment) : clock(this.#language, moment)
  }

  #ticks() {
    const {from} = this.#window
    return ticks(this.#window, MOST_TICKS, -new Date(from).getTimezoneOffset() * 60_000)
  }

  #marks() {
    return this.#ticks().moments.map(moment => {
      const mark = make('i', {class: 'hour'})
      mark.style.setProperty('--at', String(place(this.#window, moment)))
      return mark
    })
  }

  /** The times below; each bar says its own, so this is for the eye. */
  #axis() {
    const {moments, seconds} = this.#ticks()
    return make(
      'div',
      {class: 'axis', 'aria-hidden': 'true'},
      ...moments.map(moment => {
        const at = place(this.#window, moment)
        const tick = make(
          'span',
          {'data-edge': at < 0.04 ? 'start' : at > 0.96 ? 'end' : null},
          seconds ? exactClock(this.#language, moment) : clock(this.#language, moment),
        )
        tick.style.setProperty('--at', String(at))
        return tick
      }),
    )
  }
}

/** @template {HTMLElement} E @param {E} node @param {Bar} bar @returns {E} */
function put(node, {start, size}) {
  node.style.setProperty('--start', String(start))
  node.style.setProperty('--size', String(size))
  return node
}
