/**
 * A draft: text on its way into the input field, and no message.
 *
 * Rule 1: it says that it is not sent and who sees it, and never looks like what was sent.
 * Rule 2: it is announced once, when it is whole; while it is written it is busy.
 */
import {faultWords} from './fault-message.js'
import {Part, button, icon, make, set, write} from '../common/dom.js'
import {PartEvent, TaskEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @import {OwnDraft, Wish} from '../../room/assistant.js' */
/** @import {Task} from '../../room/task.js' */
/** @typedef {'stop' | 'use' | 'shorten' | 'again' | 'discard'} Act */

/** @type {readonly Act[]} */
const ACTS = ['stop', 'use', 'shorten', 'again', 'discard']
/** Nearer to the end than this, the text follows what is written. */
const NEAR = 40

/** The draft is wanted in the input field. */
export class UseDraftEvent extends PartEvent {
  static type = 'draft-use'
  /** @param {string} text */
  constructor(text) {
    super(UseDraftEvent.type)
    this.text = text
  }
}

export class DraftCard extends Part {
  static tag = 'draft-card'
  #say
  #asked = make('p', {class: 'draft-asked', dir: 'auto'})
  #words = make('span', {})
  #caret = make('i', {class: 'caret'})
  #text
  #note = make('p', {class: 'draft-note note'})
  #noteIcon = icon('fault')
  #noteWords = make('span', {})
  #status = make('span', {class: 'unseen', role: 'status'})
  #head
  /** @type {Map<Act, HTMLButtonElement>} */
  #acts = new Map()
  /** @type {OwnDraft | null} */
  #draft = null

  /** @param {Say} say @param {Notice} notice of compose */
  constructor(say, {name}) {
    super()
    this.#say = say
    this.#head = make(
      'h3',
      {class: 'draft-head', tabindex: -1},
      icon('compose'),
      make('span', {}, say('draft.title')),
      make('span', {class: 'note'}, say('draft.yours')),
    )
    this.#text = make(
      'div',
      {
        class: 'draft-text',
        dir: 'auto',
        tabindex: 0,
        role: 'group',
        'aria-label': say('draft.text'),
      },
      this.#words,
      this.#caret,
    )
    this.#note.append(this.#noteIcon, this.#noteWords)
    const tools = make('div', {class: 'draft-tools'}, ...ACTS.map(act => this.#tool(act)))
    this.append(
      make(
        'section',
        {class: 'draft', 'aria-label': say('draft.label', {name})},
        this.#head,
        this.#asked,
        this.#text,
        this.#note,
        tools,
      ),
      this.#status,
    )
    this.hidden = true
  }

  /** @param {Act} act */
  #tool(act) {
    const drawing = act === 'stop' ? 'stop' : undefined
    const tool = button(this.#say(`draft.${act}`), {'data-act': act, 'data-size': 'small'}, drawing)
    tool.addEventListener('click', () => this.#press(act))
    this.#acts.set(act, tool)
    return tool
  }

  /** @param {OwnDraft | null} draft */
  show(draft) {
    const fresh = draft?.id !== this.#draft?.id
    this.#draft = draft
    this.hidden = draft === null
    if (draft === null) return this.#clear()
    const {wish, text, state} = draft
    const busy = state === 'streaming'
    write(this.#asked, this.#wished(wish))
    this.#showText(text, busy)
    this.#showNote(draft)
    const held = this.contains(document.activeElement) ? document.activeElement : null
    for (const [act, tool] of this.#acts) tool.hidden = !offers(draft, act)
    if (held instanceof HTMLElement && held.hidden) this.#head.focus()
    this.#announce(draft, fresh)
  }

  #clear() {
    write(this.#words, '')
    write(this.#asked, '')
    write(this.#status, '')
  }

  /** @param {OwnDraft['wish']} wish */
  #wished(wish) {
    if (wish.kind === 'recap') return this.#say('draft.asked.recap')
    return this.#say('draft.asked', {prompt: wish.prompt})
  }

  /** @param {string} text @param {boolean} busy */
  #showText(text, busy) {
    const {scrollHeight, scrollTop, clientHeight} = this.#text
    const follows = scrollHeight - scrollTop - clientHeight < NEAR
    write(this.#words, text)
    this.#caret.hidden = !busy
    this.#text.hidden = text === '' && !busy
    set(this.#text, {'aria-busy': String(busy)})
    if (busy && follows) this.#text.scrollTop = this.#text.scrollHeight
  }

  /** @param {OwnDraft} draft */
  #showNote(draft) {
    const text = this.#noted(draft)
    this.#note.hidden = text === ''
    set(this.#note, {'data-state': draft.state === 'failed' ? 'fault' : null})
    this.#noteIcon.style.display = draft.state === 'failed' ? '' : 'none'
    write(this.#noteWords, text)
  }

  /** @param {OwnDraft} draft */
  #noted({state, text, fault}) {
    const say = this.#say
    if (state === 'streaming') return text === '' ? say('draft.waiting') : ''
    if (state === 'cut') return say('draft.cut')
    if (state === 'stopped') return say('draft.stopped')
    if (state === 'ready' || fault === null) return ''
    const words = faultWords(say, fault)
    return text === '' ? words : `${words} ${say('draft.rest')}`
  }

  /** @param {OwnDraft} draft @param {boolean} fresh */
  #announce(draft, fresh) {
    const {state, text} = draft
    if (state === 'streaming')
      return fresh ? write(this.#status, this.#say('draft.waiting')) : undefined
    const note = this.#noted(draft)
    const ready = state === 'failed' ? '' : this.#say('draft.ready', {text})
    write(this.#status, [ready, note].filter(Boolean).join(' '))
  }

  /** @param {Act} act */
  #press(act) {
    const draft = this.#draft
    if (draft === null) return
    if (act === 'use') this.dispatchEvent(new UseDraftEvent(draft.text))
    else if (act === 'stop') this.dispatchEvent(new TaskEvent({kind: 'stop-draft'}))
    else if (act === 'discard') this.dispatchEvent(new TaskEvent({kind: 'drop-draft'}))
    else this.#redo(draft, act === 'shorten')
  }

  /** @param {OwnDraft} draft @param {boolean} shorter */
  #redo({wish, text}, shorter) {
    this.dispatchEvent(new TaskEvent(shorter ? shortened(wish, text) : wish))
    this.#head.focus()
  }

  /** To what it is. */
  focusHead() {
    this.#head.focus()
  }
}

/** What was written as `text`, once more and shorter. @param {Wish} wish @param {string} text @returns {Task} */
const shortened = (wish, text) =>
  wish.kind === 'draft'
    ? {...wish, longer: text}
    : {...wish, length: wish.length === 'long' ? 'medium' : 'short'}

/** Which acts make sense now. @param {OwnDraft} draft @param {Act} act @returns {boolean} */
function offers({wish, text, state}, act) {
  const busy = state === 'streaming'
  switch (act) {
    case 'stop':
      return busy
    case 'use':
      return text !== ''
    case 'shorten':
      return !busy && text !== '' && (wish.kind === 'draft' || wish.length !== 'short')
    case 'again':
      // The same quotes would come again, so a recap is asked for again only where it failed.
      return !busy && (wish.kind === 'draft' || state === 'failed')
    case 'discard':
      return true
  }
}
