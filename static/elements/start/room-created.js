/** The room is open: a link for everyone, and the way in for the host. */
import {CopyField} from '../common/copy-field.js'
import {Part, make} from '../common/dom.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */

export class RoomCreated extends Part {
  static tag = 'room-created'
  /** @param {Say} say @param {{title: string, knock: boolean, invitation: string, host: string}} room links, whole */
  constructor(say, {title, knock, invitation, host}) {
    super()
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
      make('p', {}, make('a', {href: at()}, say('created.another'))),
    )
  }

  connectedCallback() {
    this.querySelector('h2')?.focus()
  }
}
