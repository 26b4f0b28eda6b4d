/** A room that cannot be entered: what is wrong and what to do. */
import {Part, button, icon, make} from '../common/dom.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */

/** To what was kept of the meeting. @param {Say} say @param {string} href */
export const keptLink = (say, href) =>
  make(
    'a',
    {class: 'button', 'data-rank': 'first', 'data-act': 'after', href},
    icon('film'),
    make('span', {}, say('end.after')),
  )

export class MeetingProblem extends Part {
  static tag = 'meeting-problem'
  /**
   * @param {Say} say
   * @param {{language: string, code: string, after?: string}} problem
   *   `after`: where what was kept of the room is shown, if this browser remembers it
   */
  constructor(say, {language, code, after = ''}) {
    super()
    const known = code === 'unknown-room' || code === 'room-ended' ? code : 'other'
    const retry = button(say('problem.retry'))
    retry.addEventListener('click', () => location.reload())
    this.append(
      new PageMasthead(say, {place: '', language, languages: []}),
      make(
        'main',
        {class: 'ending'},
        make(
          'div',
          {class: 'ending-head', role: 'alert'},
          make('h1', {}, say(`problem.${known}`)),
          make('p', {class: 'lead'}, say(`problem.${known}.text`)),
        ),
        make(
          'div',
          {class: 'ending-acts'},
          after === '' ? null : keptLink(say, after),
          known === 'other' ? retry : null,
          make('a', {class: 'button', href: at()}, say('end.new')),
        ),
      ),
      new PageFoot(say),
    )
    this.dataset['code'] = code
  }
}
