/** The chat of the room: lines by arrival, and where a machine began to read. */
import {Part, button, icon, keep, make, rich, unseen} from './dom.js'
import {ChatEvent} from './events.js'
import {clock} from '../when.js'

/** @import {Say} from '../words.js' */
/** @import {Notice} from '../notices.js' */
/** @import {View} from '../protocol.js' */
/** @import {ChatLine} from '../messages.js' */

/** The feature that reads the chat. */
const READER = 'compose'
const LENGTH = 4000
/** Nearer to the end than this, the log follows the newest line. */
const NEAR = 80

export class ChatPanel extends Part {
  #say
  #language
  #reader
  #body
  #empty
  #log
  /** @type {Map<string, HTMLElement>} */
  #lines = new Map()
  #input

  /** @param {Say} say @param {string} language @param {readonly Notice[]} notices */
  constructor(say, language, notices) {
    super()
    this.#say = say
    this.#language = language
    this.#reader = notices.find(({feature}) => feature === READER) ?? null
    this.#empty = make('p', {class: 'note chat-empty'}, say('chat.empty'))
    this.#log = make('div', {class: 'talk', role: 'log', 'aria-label': say('chat.log')})
    this.#body = make('div', {class: 'panel-body', tabindex: 0}, this.#empty, this.#log)
    this.#input = make('textarea', {
      rows: 1,
      maxlength: LENGTH,
      placeholder: say('chat.message'),
      'data-field': 'chat',
    })
    const form = make(
      'form',
      {class: 'send'},
      make('label', {class: 'entry'}, unseen(say('chat.message')), this.#input),
      button(say('chat.send'), {type: 'submit'}, 'send'),
    )
    this.append(this.#body, make('div', {class: 'writing'}, form))
    form.addEventListener('submit', this)
    this.#input.addEventListener('keydown', this)
  }

  /** @param {View} view */
  show(view) {
    const {scrollHeight, scrollTop, clientHeight} = this.#body
    const follows = scrollHeight - scrollTop - clientHeight < NEAR
    const since = this.#reader ? (view.signs[READER]?.since ?? null) : null
    const items = withMark(view.chat, view.signs[READER]?.on ? since : null)
    const keys = items.map(item =>
      typeof item === 'string' ? `since ${item}` : String(item.number),
    )
    const before = this.#lines.size
    keep(this.#log, keys, this.#lines, key => this.#draw(items[keys.indexOf(key)]))
    this.#empty.hidden = items.length > 0
    if (follows && this.#lines.size !== before) this.#body.scrollTop = this.#body.scrollHeight
  }

  /** @param {ChatLine | string | undefined} item */
  #draw(item) {
    if (item === undefined) throw new RangeError('a line without its text')
    if (typeof item === 'string') return this.#mark(item)
    const time = make('time', {datetime: item.at}, clock(this.#language, item.at))
    return make(
      'p',
      {class: 'talk-line', 'data-participant': item.sender},
      make('span', {}, make('b', {}, item.name), ' ', time),
      make('span', {class: 'talk-text', dir: 'auto'}, item.text),
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
