/** In place of "Join", where joining cannot work: why, and how to mend it. */
import {Part, icon, make, rich, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */

export class CannotJoin extends Part {
  static tag = 'cannot-join'
  /** @param {Say} say @param {'insecure' | 'keyless'} why */
  constructor(say, why) {
    super()
    set(this, {class: 'cannot', role: 'alert', 'data-code': why})
    this.append(
      icon('fault'),
      make(
        'div',
        {},
        make('strong', {}, say('cannot.title')),
        make('p', {}, say(`cannot.${why}`)),
        make('p', {}, ...rich(say(`cannot.${why}.you`))),
        why === 'insecure' ? make('p', {}, ...rich(say('cannot.insecure.admin'))) : null,
      ),
    )
  }
}
