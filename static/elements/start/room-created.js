/** The room is open: a link for everyone, ways to pass it on, and the way in for the host. */
import {CalendarEntry} from './calendar-entry.js'
import {QrCode} from './qr-code.js'
import {CopyField} from '../common/copy-field.js'
import {Part, make} from '../common/dom.js'
import {usual} from '../../room/plan.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {FileState} from './calendar-entry.js' */
/** @import {Plan} from '../../room/plan.js' */
/**
 * @typedef {object} Created a room that has just been opened; addresses are whole
 * @property {string} room @property {string} title @property {boolean} knock
 * @property {string} invitation @property {string} drawing of it, as a QR code
 * @property {string} host the host's own way in
 * @property {Date} until when it is forgotten, should nobody have come by then
 */

export class RoomCreated extends Part {
  static tag = 'room-created'
  #calendar

  /** @param {Say} say @param {{language: string, created: Created, plan: Plan | null}} about `plan`: what was chosen before */
  constructor(say, {language, created, plan}) {
    super()
    const {title, knock, invitation, host, until} = created
    this.#calendar = new CalendarEntry(say, {language, plan: plan ?? usual(new Date()), until})
    this.append(
      make('h2', {tabindex: -1}, say('created.title')),
      make('p', {}, say(knock ? 'created.lead.knock' : 'created.lead', {title})),
      new CopyField(say, {label: say('created.invite'), value: invitation}),
      make(
        'a',
        {class: 'button', 'data-rank': 'first', href: host, 'data-act': 'enter'},
        say('created.enter'),
      ),
      make('p', {class: 'note'}, say('created.host.note')),
      new QrCode(say, created),
      this.#calendar,
      make('p', {}, make('a', {href: at()}, say('created.another'))),
    )
  }

  /** When it is to be, as it is chosen. @returns {Plan} */
  get plan() {
    return this.#calendar.plan
  }

  /** How the calendar file stands. @param {FileState} state */
  showFile(state) {
    this.#calendar.show(state)
  }

  connectedCallback() {
    this.querySelector('h2')?.focus()
  }
}
