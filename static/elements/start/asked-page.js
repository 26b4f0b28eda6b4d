/** What may be asked in a room, in which words, and who asks: to be read, not to be answered. */
import {Part, icon, make} from '../common/dom.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'
import {drawing, facts, whatHappens} from '../consent/facts.js'
import {inTurn} from '../../i18n/amounts.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Controller, Notice} from '../../room/notices.js' */
/**
 * @typedef {object} AskedFeature
 * @property {string} id @property {'here' | 'elsewhere'} run @property {boolean} offered
 * @property {boolean} third_party @property {Readonly<Record<string, Notice>>} notices
 */
/**
 * @typedef {object} Asked `GET /.well-known/meeting-consent/{room}`
 * @property {string} room @property {Controller} controller
 * @property {readonly string[]} languages @property {readonly AskedFeature[]} features
 */

export class AskedPage extends Part {
  static tag = 'asked-page'
  /** @param {Say} say @param {Asked | null} asked @param {{language: string, languages: readonly string[]}} page */
  constructor(say, asked, {language, languages}) {
    super()
    this.append(
      new PageMasthead(say, {place: asked?.controller.name ?? '', language, languages}),
      make(
        'main',
        {class: 'promise'},
        make(
          'div',
          {class: 'promise-head'},
          make('h1', {}, say('asked.title')),
          make('p', {class: 'lead'}, say('asked.lead')),
        ),
        ...(asked ? told(say, asked, language) : [make('p', {}, say('fault.room-ended'))]),
      ),
      new PageFoot(say),
    )
  }
}

/** @param {Say} say @param {Asked} asked @param {string} language */
function told(say, {room, controller, features}, language) {
  const by = [controller.name || say('honest.operator'), controller.place, controller.contact]
  return [
    make('p', {}, `${say('receipt.controller')}: `, make('bdi', {}, inTurn(say, by))),
    features.length > 0 &&
      make('div', {class: 'asked'}, ...features.map(each => card(say, each, language))),
    features.length === 0 && make('p', {}, say('asked.none')),
    make('p', {}, make('a', {href: at(`m/${room}`)}, say('asked.meeting'))),
  ].filter(part => part !== false)
}

/** @param {Say} say @param {AskedFeature} feature @param {string} language */
function card(say, {id, run, offered, third_party, notices}, language) {
  const notice = notices[language]
  if (!notice) throw new RangeError(`no notice for ${id} in ${language}`)
  const heading = make('h2', {id: `name-${id}`}, notice.name)
  return make(
    'section',
    {class: 'section', 'aria-labelledby': heading.id, 'data-feature': id},
    make(
      'div',
      {class: 'consent-name'},
      icon(drawing(id)),
      heading,
      third_party && make('span', {class: 'outside'}, icon('globe'), say('feature.outside')),
    ),
    make('p', {class: 'meaning'}, notice.meaning),
    make('p', {class: 'note'}, say(`asked.${run}`)),
    !offered && make('p', {class: 'note'}, say('gate.withheld')),
    facts(say, notice),
    whatHappens(say),
  )
}
