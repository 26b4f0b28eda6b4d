/** One's own lines of chat that have not gone out to everybody yet, below those that have. */
import {Part, icon, keep, make, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {View, WaitingLine} from '../../room/view.js' */

/** A line that arrives within this time, in ms, is never seen to wait. */
const SOON = 1500

export class WaitingLines extends Part {
  static tag = 'waiting-lines'
  #say
  /** @type {Map<string, HTMLElement>} */
  #lines = new Map()

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    set(this, {class: 'talk waiting-lines', role: 'log', 'aria-label': say('chat.waiting.log')})
    this.hidden = true
  }

  /** @param {View} view @param {number} now  milliseconds since the epoch @returns {boolean} whether there are any */
  show({waiting, phase}, now) {
    const slow = waiting.filter(({at}) => phase === 'lost' || now - at > SOON)
    const byKey = new Map(slow.map(line => [line.key, line]))
    keep(this, [...byKey.keys()], this.#lines, key => this.#draw(byKey.get(key)))
    this.hidden = slow.length === 0
    return slow.length > 0
  }

  /** @param {WaitingLine | undefined} line */
  #draw(line) {
    if (!line) throw new RangeError('a waiting line without its text')
    return make(
      'p',
      {class: 'talk-line', 'data-waiting': true},
      make(
        'span',
        {class: 'waiting-note'},
        icon('clock'),
        make('span', {}, this.#say('chat.waiting')),
      ),
      make('span', {class: 'talk-text', dir: 'auto'}, line.text),
    )
  }
}
