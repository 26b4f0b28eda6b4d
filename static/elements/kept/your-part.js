/**
 * What becomes of one's own part: two equal ends. Neither is marked and neither is chosen for
 * one (fair-consent A3); what cannot be undone says once what it does before it is done.
 */
import {ErasePartEvent, StopPartEvent} from './after-events.js'
import {FilmProgress} from './film-progress.js'
import {day, size} from '../../i18n/amounts.js'
import {hasKind, kindOf} from '../../kept/kept.js'
import {Part, icon, make, rich, set, write} from '../common/dom.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Kept, KeptFeature} from '../../kept/kept.js' */
/** @typedef {'choose' | 'confirm'} Step */
/** @typedef {{sending: boolean, failed: 'erase-failed' | 'stop-failed' | null}} Sent */
/** @typedef {{kept: Kept, feature: KeptFeature, alone: boolean, sent: Sent}} State */

/** @type {Readonly<Record<NonNullable<Sent['failed']>, Key>>} */
const FAULTS = {'erase-failed': 'fault.erase-failed', 'stop-failed': 'part.stop.failed'}

export class YourPart extends Part {
  static tag = 'your-part'
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

  /** @param {Kept} kept @param {KeptFeature} feature @param {boolean} alone whether this is one's only part @param {Sent} sent */
  show(kept, feature, alone, sent) {
    if (feature.your_part !== 'kept') this.#step = 'choose'
    this.#state = {kept, feature, alone, sent}
    set(this, {role: alone ? null : 'group', 'aria-label': alone ? null : feature.name})
    this.#draw()
  }

  /** @param {Step} step */
  #go(step) {
    const from = this.#step
    this.#step = step
    this.#draw()
    if (step === 'confirm') headingOf(this)?.focus()
    else if (from === 'confirm') pressed(this, 'erase')?.focus()
  }

  #draw() {
    const state = this.#state
    if (state === null) return
    const {feature, sent} = state
    const {your_part: part, film, kept_until: until} = feature
    const words = wordsOf(state.kept, feature)
    const {stopped, tracks} = feature
    const shown = [part, this.#step, sent.sending, stopped, until, tracks.length, words].join()
    if (shown !== this.#shown) {
      const held = this.contains(document.activeElement)
      this.#shown = shown
      this.#progress = null
      this.#body.replaceChildren(...this.#view(state))
      this.#said.replaceChildren(...this.#words(state))
      if (held && !this.contains(document.activeElement)) (headingOf(this) ?? this.#body).focus()
    }
    this.#progress?.show(film.state === 'making' ? film.done : null)
    write(this.#fault, sent.failed === null ? '' : this.#say(FAULTS[sent.failed]))
  }

  /** @param {State} state @returns {Node[]} */
  #view({kept, feature, alone, sent}) {
    if (feature.your_part === 'erasing') return this.#erasing(alone, kept, feature)
    if (feature.your_part === 'erased') return this.#name(alone, feature)
    if (this.#step === 'confirm') return this.#confirm(alone, kept, feature, sent.sending)
    return this.#ends(alone, kept, feature)
  }

  /** What is said once, when it happens. @param {State} state */
  #words({kept, feature, sent}) {
    const say = this.#say
    if (feature.your_part === 'erased') {
      const words = wordsOf(kept, feature)
      const text = words === null ? say('part.erased.text') : say(`part.erased.${words}`)
      return [note('tick', say('part.erased'), text)]
    }
    if (feature.your_part !== 'kept') return []
    if (sent.sending) return [make('p', {class: 'note'}, say('part.sending'))]
    if (!feature.stopped) return []
    const text =
      kept.ended_at !== null && feature.kept_until !== null
        ? say('part.stopped', {day: day(this.#language, feature.kept_until)})
        : say('part.stopped.open')
    return [make('p', {class: 'part-note'}, icon('tick'), make('span', {}, ...rich(text)))]
  }

  /** A heading only where there are several parts. @param {boolean} alone @param {KeptFeature} feature */
  #name(alone, {name}) {
    return alone ? [] : [make('h3', {tabindex: -1}, name)]
  }

  /** @param {boolean} alone @param {Kept} kept @param {KeptFeature} feature */
  #ends(alone, kept, feature) {
    const say = this.#say
    const until = feature.kept_until
    const params = {day: until === null ? '' : day(this.#language, until)}
    const keep = until === null ? say('part.stop.open') : say('part.stop', params)
    const stop = end('stop', feature.stopped ? say('part.resume') : keep)
    const words = wordsOf(kept, feature)
    const erase = end('erase', words === null ? say('part.erase') : say(`part.erase.${words}`))
    const other = new StopPartEvent(feature.id, !feature.stopped)
    stop.addEventListener('click', () => this.dispatchEvent(other))
    erase.addEventListener('click', () => this.#go('confirm'))
    return [
      ...this.#name(alone, feature),
      make('p', {class: 'note'}, this.#note(feature, params)),
      make('div', {class: 'ends'}, stop, erase),
    ]
  }

  /** What there is of one. @param {KeptFeature} feature @param {{day: string}} params @returns {string} */
  #note(feature, params) {
    const kind = kindOf(feature)
    const key = kind === 'recording' ? 'part.note' : /** @type {const} */ (`part.note.${kind}`)
    if (feature.kept_until === null) return this.#say(`${key}.open`)
    return this.#say(key, params)
  }

  /** @param {boolean} alone @param {Kept} kept @param {KeptFeature} feature @param {boolean} sending */
  #confirm(alone, kept, feature, sending) {
    const say = this.#say
    const yes = answer('yes', say('part.confirm.yes'), sending)
    const no = answer('no', say('part.confirm.no'), sending)
    if (!sending) {
      yes.addEventListener('click', () => this.dispatchEvent(new ErasePartEvent(feature.id)))
      no.addEventListener('click', () => this.#go('choose'))
    }
    const level = alone ? 'h3' : 'h4'
    const heading = make(level, {id: `erase-${feature.id}`, tabindex: -1}, say('part.confirm'))
    return [
      ...this.#name(alone, feature),
      make(
        'section',
        {class: 'part-confirm', 'aria-labelledby': heading.id},
        heading,
        make(
          'ul',
          {},
          ...this.#goes(kept, feature).map(words => make('li', {}, words)),
          make('li', {}, say('part.confirm.undo')),
        ),
        make('div', {class: 'ends'}, yes, no),
      ),
    ]
  }

  /** What goes, in order. @param {Kept} kept @param {KeptFeature} feature @returns {string[]} */
  #goes(kept, feature) {
    const say = this.#say
    const words = wordsOf(kept, feature)
    if (words === null) return [...this.#tracks(kept.you, feature), say('part.confirm.film')]
    const captioned = kept.features.some(({captions}) => captions !== null)
    return [
      ...(words === 'summary' ? [] : [say('part.confirm.transcript')]),
      ...(captioned ? [say('part.confirm.captions')] : []),
      ...(words === 'transcript' ? [] : [say('part.confirm.summary')]),
      say('part.confirm.name'),
    ]
  }

  /** @param {string} you @param {KeptFeature} feature @returns {string[]} */
  #tracks(you, feature) {
    const own = feature.tracks.filter(({participant}) => participant === you)
    const bytes = own.reduce((sum, track) => sum + track.bytes, 0)
    const params = {count: own.length, size: size(this.#language, bytes)}
    return own.length === 0 ? [] : [this.#say('part.confirm.tracks', params)]
  }

  /** @param {boolean} alone @param {Kept} kept @param {KeptFeature} feature */
  #erasing(alone, kept, feature) {
    const say = this.#say
    const words = wordsOf(kept, feature)
    const text = words === null ? say('part.erasing.text') : say(`part.erasing.${words}`)
    this.#progress = words === null ? new FilmProgress(say, say('film.progress')) : null
    return [
      ...this.#name(alone, feature),
      note('erase', say('part.erasing'), text),
      ...(this.#progress ? [this.#progress] : []),
    ]
  }
}

/**
 * Out of what one's words go, since one's part of the transcript and of the summary go together;
 * null where a feature keeps no words.
 * @param {Kept} kept @param {KeptFeature} feature
 */
function wordsOf(kept, feature) {
  const kind = kindOf(feature)
  if (kind === 'recording') return null
  return hasKind(kept, 'transcript') && hasKind(kept, 'summary') ? 'both' : kind
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

/** The heading of the question, else of the part. @param {ParentNode} root @returns {HTMLElement | null} */
function headingOf(root) {
  const found = root.querySelector('.part-confirm > :is(h3, h4)') ?? root.querySelector('h3')
  return found instanceof HTMLElement ? found : null
}

/** @param {ParentNode} root @param {'stop' | 'erase'} which @returns {HTMLButtonElement | null} */
function pressed(root, which) {
  const found = root.querySelector(`[data-end="${which}"]`)
  return found instanceof HTMLButtonElement ? found : null
}
