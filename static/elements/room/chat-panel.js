/** The chat of the room: lines by arrival, where a machine began to read, and drafts for oneself. */
import {ComposeCloseEvent, ComposeForm} from './compose-form.js'
import {DraftCard, UseDraftEvent} from './draft-card.js'
import {MentionList} from './mention-list.js'
import {messageWords} from './message-words.js'
import {WaitingLines} from './waiting-lines.js'
import {clock} from '../../i18n/when.js'
import {addresses} from '../../room/mentions.js'
import {offered} from '../../room/notices.js'
import {copyLine, offerNewest, stepLines} from '../common/copy-line.js'
import {Part, button, called, icon, keep, make, rich, set, unseen} from '../common/dom.js'
import {ChatEvent, TaskEvent, on} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Facts, Notice} from '../../room/notices.js' */
/** @import {View} from '../../room/view.js' */
/** @import {ChatLine} from '../../wire/messages.js' */

/** The feature that reads the chat. */
const READER = 'compose'
const LENGTH = 4000
/** Nearer to the end than this, the log follows the newest line. */
const NEAR = 80

export class ChatPanel extends Part {
  static tag = 'chat-panel'
  #say
  #language
  #reader
  #body
  #empty
  #log
  #waiting
  /** @type {Map<string, HTMLElement>} */
  #lines = new Map()
  #input
  #mentions
  #said = make('span', {class: 'unseen', role: 'status'})
  /** What writes drafts, where the room offers it. @type {{form: ComposeForm, card: DraftCard, opener: HTMLButtonElement} | null} */
  #compose

  /** @param {Say} say @param {{language: string, notices: readonly Notice[], facts: Facts}} room */
  constructor(say, {language, notices, facts}) {
    super()
    this.#say = say
    this.#language = language
    this.#reader = notices.find(({feature}) => feature === READER) ?? null
    this.#empty = make('p', {class: 'note chat-empty'}, say('chat.empty'))
    this.#log = make('div', {class: 'talk', role: 'log', 'aria-label': say('chat.log')})
    this.#waiting = new WaitingLines(say)
    this.#body = make(
      'div',
      {class: 'panel-body', tabindex: 0},
      this.#empty,
      this.#log,
      this.#waiting,
      this.#said,
    )
    this.#log.addEventListener('keydown', event => stepLines(this.#log, event))
    this.#input = make('textarea', {
      dir: 'auto',
      rows: 1,
      maxlength: LENGTH,
      placeholder: say('chat.message'),
      'data-field': 'chat',
    })
    // Before whoever else hears the field's keys: a name is chosen by Enter, too.
    this.#mentions = new MentionList(say, this.#input)
    this.#compose = this.#reader && this.#buildCompose(this.#reader, facts)
    const form = make(
      'form',
      {class: 'send'},
      this.#compose?.opener,
      make('label', {class: 'entry'}, unseen(say('chat.message')), this.#input),
      button(say('chat.send'), {type: 'submit'}, 'send'),
    )
    const {form: asking, card} = this.#compose ?? {}
    const writing = make('div', {class: 'writing'}, asking, card, this.#mentions, form)
    writing.addEventListener('keydown', event => this.#escape(event))
    this.append(this.#body, writing)
    form.addEventListener('submit', this)
    this.#input.addEventListener('keydown', this)
  }

  /** @param {Notice} notice @param {Facts} facts */
  #buildCompose(notice, facts) {
    const say = this.#say
    const offer = offered(facts, READER) ?? {drafts: false, unavailable: null}
    const form = new ComposeForm(say, this.#language, {notice, offer})
    const card = new DraftCard(say, notice)
    form.hidden = true
    form.id = 'compose'
    const label = say(offer.drafts ? 'draft.open' : 'draft.open.recap', {name: notice.name})
    const opener = make(
      'button',
      {
        type: 'button',
        class: 'button opener',
        'aria-label': label,
        title: label,
        'aria-expanded': 'false',
        'aria-controls': form.id,
      },
      icon('compose'),
    )
    opener.addEventListener('click', () => this.#unfold(form.hidden === true))
    on(form, ComposeCloseEvent, () => this.#unfold(false))
    on(form, TaskEvent, () => this.#showDraft())
    on(card, UseDraftEvent, event => this.#use(event.text))
    on(card, TaskEvent, event => {
      if (event.task.kind === 'drop-draft') this.#input.focus()
    })
    return {form, card, opener}
  }

  /** Escape closes the form, wherever one writes. @param {KeyboardEvent} event */
  #escape(event) {
    if (event.key !== 'Escape' || event.isComposing || !this.#compose) return
    if (this.#compose.form.hidden) return
    event.preventDefault()
    this.#unfold(false)
  }

  /** @param {boolean} open */
  #unfold(open) {
    if (!this.#compose) return
    const {form, opener} = this.#compose
    form.hidden = !open
    set(opener, {'aria-expanded': String(open)})
    if (open) form.focusFirst()
    else opener.focus()
  }

  /** A draft is on its way: go to where it appears. */
  #showDraft() {
    this.#unfold(false)
    // The page shows it once it has heard of it, which is after this event.
    queueMicrotask(() => this.#compose?.card.focusHead())
  }

  /** The draft becomes text to go on from; it is not sent. @param {string} text */
  #use(text) {
    const before = this.#input.value.trimEnd()
    this.#input.value = (before === '' ? text : `${before}\n${text}`).slice(0, LENGTH)
    this.dispatchEvent(new TaskEvent({kind: 'drop-draft'}))
    this.#input.focus()
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length)
  }

  /** @param {View} view */
  show(view) {
    const {scrollHeight, scrollTop, clientHeight} = this.#body
    const follows = scrollHeight - scrollTop - clientHeight < NEAR
    const since = this.#reader ? (view.signs[READER]?.since ?? null) : null
    const items = withMark(view.chat, since)
    const keys = items.map(item =>
      typeof item === 'string' ? `since ${item}` : String(item.number),
    )
    const before = this.#lines.size
    keep(this.#log, keys, this.#lines, key => this.#draw(items[keys.indexOf(key)], view))
    if (this.#lines.size !== before) offerNewest(this.#log)
    this.#mentions.show(view)
    const waits = this.#waiting.show(view, Date.now())
    this.#empty.hidden = items.length > 0 || waits
    this.#showCompose(view)
    if (follows && (this.#lines.size !== before || waits)) this.toEnd()
  }

  /** @param {View} view */
  #showCompose({signs, draft}) {
    if (!this.#compose) return
    const {form, card} = this.#compose
    const within = card.contains(document.activeElement)
    form.show(signs[READER] ?? {on: false, since: null})
    card.show(draft)
    // Not into the field, where a press that was meant for the card would send what is in it.
    if (within && card.hidden) this.#body.focus()
  }

  /** @param {ChatLine | string | undefined} item @param {View} view */
  #draw(item, view) {
    if (item === undefined) throw new RangeError('a line without its text')
    if (typeof item === 'string') return this.#mark(item)
    const {at, name, sender, text} = item
    const names = view.people.map(each => each.name)
    const you = view.people.find(({id}) => id === view.you && id !== sender)?.name ?? null
    const when = clock(this.#language, at)
    const words = make(
      'span',
      {class: 'talk-text', dir: 'auto'},
      ...messageWords(this.#say, text, {names, own: you}),
    )
    const label = `${name}, ${when}`
    return make(
      'p',
      {
        class: 'talk-line',
        'data-participant': sender,
        'data-addressed': you !== null && addresses(text, you, names),
      },
      make('span', {}, make('b', {}, called(name)), ' ', make('time', {datetime: at}, when)),
      words,
      copyLine(this.#say, {label, text, words, said: this.#said}),
    )
  }

  /** @param {string} since */
  #mark(since) {
    const name = this.#reader?.name ?? ''
    const text = this.#say('chat.since', {name, time: clock(this.#language, since)})
    return make('p', {class: 'since'}, icon('on'), make('span', {}, ...rich(text)))
  }

  /** @param {Event} event */
  handleEvent(event) {
    const enter = event instanceof KeyboardEvent && event.key === 'Enter' && !event.isComposing
    if (event instanceof KeyboardEvent && (!enter || event.shiftKey)) return
    // A key held down since "Use draft" or "Discard" is no wish to send.
    if (event instanceof KeyboardEvent && event.repeat) return event.preventDefault()
    event.preventDefault()
    const text = this.#input.value.trim()
    if (text === '') return
    this.#input.value = ''
    this.dispatchEvent(new ChatEvent(text))
  }

  /** Where typing goes. */
  focusInput() {
    this.#input.focus()
  }

  /** To the newest line, as when the panel is opened. */
  toEnd() {
    this.#body.scrollTop = this.#body.scrollHeight
  }
}

/**
 * The lines, with a mark before the first one that the machine reads.
 * @param {readonly ChatLine[]} lines @param {string | null} since
 * @returns {(ChatLine | string)[]}
 */
export function withMark(lines, since) {
  if (since === null) return [...lines]
  const first = lines.findIndex(({at}) => Date.parse(at) >= Date.parse(since))
  const index = first === -1 ? lines.length : first
  return [...lines.slice(0, index), since, ...lines.slice(index)]
}
