/** The head of every page but the room: the mark, who runs this, language, the promise. */
import {Part, icon, make, unseen} from './dom.js'
import {LanguageChoice} from './language-choice.js'
import {house} from '../../site/house.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */

export class PageMasthead extends Part {
  static tag = 'page-masthead'
  /**
   * @param {Say} say
   * @param {{place: string, language: string, languages: readonly string[]}} page
   *   with no languages there is no choice of one
   */
  constructor(say, {place, language, languages}) {
    super()
    this.append(
      make(
        'header',
        {class: 'masthead'},
        make(
          'a',
          {class: 'brand', href: at(), 'aria-label': say('brand.home')},
          house.logo ? make('img', {class: 'logo', src: house.logo, alt: ''}) : icon('gate'),
          make('span', {}, say('brand')),
        ),
        named(house.name || place),
        make(
          'div',
          {class: 'masthead-end'},
          languages.length > 1 ? chooser(say, language, languages) : null,
          make('a', {href: at('promise')}, say('promise.link')),
        ),
      ),
    )
  }
}

/** @param {string} place */
const named = place => (place ? make('span', {class: 'place'}, place) : null)

/** @param {Say} say @param {string} language @param {readonly string[]} languages */
export const chooser = (say, language, languages) =>
  new LanguageChoice(say, {language, languages}, select =>
    make(
      'label',
      {class: 'entry language-entry'},
      icon('globe'),
      unseen(say('language.label')),
      select,
      icon('down'),
    ),
  )
