/**
 * To word a notice: a text for each line of it, in each language, and beside them what a joiner
 * would see.
 *
 * Rule 1: a mistake is shown at its text, and takes nothing away that was written.
 * Rule 2: to put words in force says what it does before it is done.
 */
import {FileWordsEvent, WordsEvent} from './events.js'
import {NoticePreview} from './notice-preview.js'
import {WordingDifference} from './wording-difference.js'
import {Part, button, make, set, write} from '../common/dom.js'
import {isConsoleKey} from '../../console/words.js'
import {directionOf, nameOf} from '../../i18n/words.js'

/** @import {Draft, FeatureState, Mistake, Words} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */
/** @import {Notice} from '../../room/notices.js' */

export const TEXTS = /** @type {const} */ ([
  'name',
  'object',
  'meaning',
  'captured',
  'purpose',
  'processor',
  'recipients',
  'retention',
  'withdrawal',
])
/** Fields that stand in braces in what is written: shown as they are. */
const BRACES = {processor: '{processor}', recipients: '{recipients}'}
/** After the last key, in ms: then it is looked at. */
const REST = 500

/** @typedef {{box: HTMLTextAreaElement, fault: HTMLElement}} Entry */

export class NoticeEditor extends Part {
  static tag = 'notice-editor'
  #voice
  #feature
  #languages
  /** @type {Map<string, Entry>} by language and field */
  #entries = new Map()
  /** @type {Map<string, {preview: NoticePreview, difference: HTMLElement, unjudged: HTMLElement}>} */
  #seen = new Map()
  #put
  #fault = make('p', {class: 'field-fault', role: 'alert', hidden: true})
  #timer = 0

  /** @param {Voice} voice @param {FeatureState} feature @param {readonly string[]} languages whose words are here */
  constructor(voice, feature, languages) {
    super()
    const {tell} = voice
    this.#voice = voice
    this.#feature = feature
    this.#languages = languages
    this.#put = button(tell('editor.put'), {
      'data-rank': 'first',
      'data-act': 'put',
      'data-feature': feature.id,
    })
    this.#put.addEventListener('click', () => this.#say(true))
    const file = button(tell('editor.file'), {'data-act': 'file', 'data-feature': feature.id})
    file.hidden = !languages.some(tag => feature.notices[tag]?.own)
    file.addEventListener('click', () => this.dispatchEvent(new FileWordsEvent(feature.id)))
    this.append(
      ...languages.map(tag => this.#language(tag)),
      make(
        'div',
        {class: 'editor-foot'},
        make('p', {class: 'note'}, tell('editor.what')),
        this.#fault,
        make('div', {class: 'editor-acts'}, this.#put, file),
      ),
    )
    this.addEventListener('input', this)
  }

  /** @param {string} tag */
  #language(tag) {
    const {tell} = this.#voice
    const preview = new NoticePreview()
    const changes = make('div', {})
    const unjudged = make(
      'p',
      {class: 'note', hidden: true},
      tell('editor.unjudged', {language: nameOf(tag)}),
    )
    this.#seen.set(tag, {preview, difference: changes, unjudged})
    const now = this.#feature.notices[tag]
    if (now) {
      preview.show(now, this.#feature.third_party)
      this.#showChanges(tag, now)
    }
    return make(
      'fieldset',
      {class: 'editor-language', 'data-language': tag},
      make('legend', {}, nameOf(tag)),
      make('div', {class: 'editor-texts'}, ...TEXTS.map(field => this.#entry(tag, field))),
      make(
        'div',
        {class: 'editor-seen'},
        make('h3', {}, tell('preview.title')),
        preview,
        make('h3', {}, tell('diff.title')),
        changes,
        unjudged,
      ),
    )
  }

  /** @param {string} tag @param {(typeof TEXTS)[number]} field */
  #entry(tag, field) {
    const {tell} = this.#voice
    const id = `text-${tag}-${field}`
    const box = make('textarea', {
      id,
      rows: field === 'name' || field === 'object' ? 1 : 2,
      lang: tag,
      dir: directionOf(tag),
    })
    box.value = this.#feature.notices[tag]?.words[field] ?? ''
    const fault = make('p', {class: 'field-fault', id: `${id}-fault`, hidden: true})
    this.#entries.set(`${tag} ${field}`, {box, fault})
    const hint = `editor.hint.${field}`
    return make(
      'div',
      {class: 'editor-text'},
      make(
        'label',
        {class: 'field', for: id},
        make('span', {class: 'field-name'}, tell(`text.${field}`)),
        make('span', {class: 'entry'}, box),
      ),
      isConsoleKey(hint) ? make('p', {class: 'note'}, tell(hint, BRACES)) : null,
      fault,
    )
  }

  /** What is written. @returns {Record<string, Words>} */
  get words() {
    return Object.fromEntries(
      this.#languages.map(tag => [
        tag,
        Object.fromEntries(
          TEXTS.map(field => [field, this.#entries.get(`${tag} ${field}`)?.box.value.trim() ?? '']),
        ),
      ]),
    )
  }

  /** Whether anything is written that is not in force. */
  get changed() {
    return this.#languages.some(tag =>
      TEXTS.some(
        field => this.words[tag]?.[field] !== (this.#feature.notices[tag]?.words[field] ?? ''),
      ),
    )
  }

  handleEvent() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#say(false), REST)
  }

  /** @param {boolean} force */
  #say(force) {
    if (!this.isConnected || (force && this.#put.hasAttribute('aria-disabled'))) return
    clearTimeout(this.#timer)
    this.dispatchEvent(new WordsEvent(this.#feature.id, this.words, force))
  }

  /** What would be shown, and what is wrong: one language's mistake holds no other one back. @param {Draft} draft */
  showDraft({notices, mistakes, unjudged}) {
    this.showMistakes(mistakes)
    for (const tag of this.#languages) {
      const notice = notices[tag]
      const seen = this.#seen.get(tag)
      if (seen) seen.unjudged.hidden = !unjudged.includes(tag)
      if (!notice || !seen) continue
      seen.preview.show(notice, this.#feature.third_party)
      this.#showChanges(tag, notice)
    }
  }

  /** @param {string} tag @param {Notice} notice */
  #showChanges(tag, notice) {
    const now = this.#feature.notices[tag]
    const seen = this.#seen.get(tag)
    if (now && seen)
      seen.difference.replaceChildren(new WordingDifference(this.#voice, now, notice))
  }

  /** @param {readonly Mistake[]} mistakes */
  showMistakes(mistakes) {
    const {tell} = this.#voice
    for (const {box, fault} of this.#entries.values()) {
      fault.hidden = true
      set(box, {'aria-invalid': null, 'aria-describedby': null})
    }
    const others = []
    for (const {language, field, kind, text, words} of mistakes) {
      const entry = this.#entries.get(`${language} ${field}`)
      const key = `mistake.${kind}`
      const said = isConsoleKey(key) ? tell(key, {...BRACES, words: words ?? ''}) : text
      if (!entry) {
        others.push(text)
        continue
      }
      write(entry.fault, entry.fault.hidden ? said : `${entry.fault.textContent} ${said}`)
      entry.fault.hidden = false
      set(entry.box, {'aria-invalid': 'true', 'aria-describedby': entry.fault.id})
    }
    write(this.#fault, others.join(' '))
    this.#fault.hidden = others.length === 0
  }

  /** Where the first mistake is, the writing goes on. */
  focusMistake() {
    const first = this.querySelector('[aria-invalid]')
    if (first instanceof HTMLElement) first.focus()
  }

  /** @param {boolean} busy */
  hold(busy) {
    set(this.#put, {'aria-disabled': busy ? 'true' : null})
  }
}
