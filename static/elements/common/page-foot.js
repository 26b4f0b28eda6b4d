/** The foot of every page but the room: whose place this is, and what they have to say of it. */
import {Part, make} from './dom.js'
import {house} from '../../site/house.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */

export class PageFoot extends Part {
  static tag = 'page-foot'
  /** @param {Say} say */
  constructor(say) {
    super()
    const {name, imprint, privacy} = house
    this.append(
      make(
        'footer',
        {class: 'foot'},
        name ? make('span', {}, name) : null,
        make('a', {href: at('verify')}, say('verify.link')),
        link(imprint, say('foot.imprint')),
        link(privacy, say('foot.privacy')),
      ),
    )
  }
}

/** Beside this page: what was filled in here stays. @param {string} href @param {string} text */
const link = (href, text) =>
  href ? make('a', {href, target: '_blank', rel: 'noopener'}, text) : null
