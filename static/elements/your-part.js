/**
 * What becomes of one's own part: two equal ends. Neither is marked and neither is chosen for
 * one (fair-consent A3); what cannot be undone says once what it does before it is done.
 */
import {ErasePartEvent} from './after-events.js'
import {Part, icon, make, rich, write} from './dom.js'
import {FilmProgress} from './film-progress.js'
import {day, size} from '../amounts.js'

/** @import {Say} from '../words.js' */
/** @import {After, KeptFeature} from '../after.js' */
/** @typedef {'choose' | 'stopped' | 'confirm'} Step */
/** @typedef {{sending: boolean, failed: boolean}} Sent */
/** @typedef {{after: After, feature: KeptFeature, alone: boolean, sent: Sent}} State */

export class YourPart extends Part {
  #say
  #language
  /** @type {Step} */
  #step = 'choose'
  #shown = ''
  /** @type {State | null} */
  #state = null
  /** @type {FilmProgress | null} */
  #progress = null
  #body = make('div', {class: 'part', tabindex: -1})
  #said = make('div', {role: 'status'})
  #fault = make('p', {class: 'field-fault', role: 'alert'})

  /** @param {Say} say @param {string} language */
  constructor(say, language) {
    super()
    this.#say = say
    this.#language = language
    this.append(this.#body, this.#said, this.#fault)
    this.addEventListener('keydown', event => {
      if (event.key === 'Escape' && this.#step === 'confirm') this.#go('choose')
    })
  }

  /** @param {After} after @param {KeptFeature} feature @param {boolean} alone whether this is one's only part @param {Sent} sent */
  show(after, feature, alone, sent) {
    if (feature.your_part !== 'kept') this.#step = 'choose'
    this.#state = {after, feature, alone, sent}
    this.#draw()
  }

  /** @param {Step} step */
  #go(step) {
    const from = this.#step
    this.#step = step
    this.#draw()
    if (step === 'confirm') this.querySelector('h3')?.focus()
    else if (from === 'confirm') pressed(this, 'erase')?.focus()
  }

  #draw() {
    const state = this.#state
    if (state === null) return
    const {feature, sent} = state
    const {your_part: part, film, kept_until: until} = feature
    const shown = [part, this.#step, sent.sending, until, feature.tracks.length].join()
    if (shown !== this.#shown) {
      const held = this.contains(document.activeElement)
      this.#shown = shown
      this.#progress = null
      this.#body.replaceChildren(...this.#view(state))
      this.#said.replaceChildren(...this.#words(state))
      if (held && !this.contains(document.activeElement))
        (this.querySelector('h3') ?? this.#body).focus()
    }
    this.#progress?.show(film.state === 'making' ? film.done : null)
    write(this.#fault, sent.failed ? this.#say('fault.erase-failed') : '')
  }

  /** @param {State} state @returns {Node[]} */
  #view({after, feature, alone, sent}) {
    if (feature.your_part === 'erasing') return this.#erasing(alone, feature)
    if (feature.your_part === 'erased') return this.#name(alone, feature)
    if (this.#step === 'confirm') return this.#confirm(after.you, feature, sent.sending)
    return this.#ends(alone, feature)
  }

  /** What is said once, when it happens. @param {State} state */
  #words({after, feature, sent}) {
    const say = this.#say
    if (feature.your_part === 'erased')
      return [note('tick', say('part.erased'), say('part.erased.text'))]
    if (feature.your_part !== 'kept') return []
    if (sent.sending) return [make('p', {class: 'note'}, say('part.sending'))]
    if (this.#step !== 'stopped') return []
    const text =
      after.ended_at !== null && feature.kept_until !== null
        ? say('part.stopped', {day: day(this.#language, feature.kept_until)})
        : say('part.stopped.open')
    return [make('p', {class: 'part-note'}, icon('tick'), make('span', {}, ...rich(text)))]
  }

  /** A heading only where there are several parts. @param {boolean} alone @param {KeptFeature} feature */
  #name(alone, {name}) {
    return alone ? [] : [make('h3', {tabindex: -1}, name)]
  }

  /** @param {boolean} alone @param {KeptFeature} feature */
  #ends(alone, feature) {
    const say = this.#say
    const until = feature.kept_until
    const params = {day: until === null ? '' : day(this.#language, until)}
    const stop = end('stop', until === null ? say('part.stop.open') : say('part.stop', params))
    const erase = end('erase', say('part.erase'))
    stop.addEventListener('click', () => this.#go('stopped'))
    erase.addEventListener('click', () => this.#go('confirm'))
    return [
      ...this.#name(alone, feature),
      make('p', {class: 'note'}, until === null ? say('part.note.open') : say('part.note', params)),
      make('div', {class: 'ends'}, stop, erase),
    ]
  }

  /** @param {string} you @param {KeptFeature} feature @param {boolean} sending */
  #confirm(you, feature, sending) {
    const say = this.#say
    const own = feature.tracks.filter(({participant}) => participant === you)
    const bytes = own.reduce((sum, track) => sum + track.bytes, 0)
    const params = {count: own.length, size: size(this.#language, bytes)}
    const tracks =
      own.length === 1
        ? say('part.confirm.tracks.one', params)
        : say('part.confirm.tracks.other', params)
    const yes = answer('yes', say('part.confirm.yes'), sending)
    const no = answer('no', say('part.confirm.no'), sending)
    if (!sending) {
      yes.addEventListener('click', () => this.dispatchEvent(new ErasePartEvent(feature.id)))
      no.addEventListener('click', () => this.#go('choose'))
    }
    const heading = make('h3', {id: `erase-${feature.id}`, tabindex: -1}, say('part.confirm'))
    return [
      make(
        'section',
        {class: 'part-confirm', 'aria-labelledby': heading.id},
        heading,
        make(
          'ul',
          {},
          own.length === 0 ? null : make('li', {}, tracks),
          make('li', {}, say('part.confirm.film')),
          make('li', {}, say('part.confirm.undo')),
        ),
        make('div', {class: 'ends'}, yes, no),
      ),
    ]
  }

  /** @param {boolean} alone @param {KeptFeature} feature */
  #erasing(alone, feature) {
    const say = this.#say
    this.#progress = new FilmProgress(say, say('film.progress'))
    return [
      ...this.#name(alone, feature),
      note('erase', say('part.erasing'), say('part.erasing.text')),
      this.#progress,
    ]
  }
}

/** @param {'stop' | 'erase'} which @param {string} words */
const end = (which, words) =>
  make('button', {type: 'button', class: 'end', 'data-end': which}, ...rich(words, 'span'))

/** @param {'yes' | 'no'} which @param {string} words @param {boolean} off */
const answer = (which, words, off) =>
  make(
    'button',
    {type: 'button', class: 'end', 'data-answer': which, 'aria-disabled': off ? 'true' : null},
    make('b', {}, words),
  )

/** @param {string} drawing @param {string} title @param {string} text */
const note = (drawing, title, text) =>
  make('p', {class: 'part-note'}, icon(drawing), make('span', {}, make('b', {}, title), ` ${text}`))

/** @param {ParentNode} root @param {'stop' | 'erase'} which @returns {HTMLButtonElement | null} */
function pressed(root, which) {
  const found = root.querySelector(`[data-end="${which}"]`)
  return found instanceof HTMLButtonElement ? found : null
}
