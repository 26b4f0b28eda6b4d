/** What is proved of one meeting, in plain words. */
import {english, id, shortDigest, stateWord} from './layout.js'
import {pair} from './notices-page.js'
import {Part, icon, make, set} from '../common/dom.js'
import {facts} from '../consent/facts.js'
import {address} from '../../console/api.js'
import {words} from '../../i18n/words.js'
import {clock, dayAndClock} from '../../i18n/when.js'

/** @import {Audit, OpeningProof} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */
/** @import {Names} from './storage-page.js' */

export class AuditView extends Part {
  static tag = 'audit-view'
  #voice

  /** @param {Voice} voice @param {Audit} audit @param {Names} names */
  constructor(voice, audit, names) {
    super()
    const {tell, language} = voice
    this.#voice = voice
    const title = make(
      'h2',
      {id: 'audit-title', tabindex: -1},
      tell('audit.title'),
      ' ',
      id(audit.meeting),
    )
    set(this, {class: 'section', role: 'region', 'aria-labelledby': title.id})
    this.append(
      title,
      make('p', {class: 'note'}, tell('audit.at', {when: dayAndClock(language, audit.checked_at)})),
      this.#verdict(audit),
      ...(audit.fault === null ? this.#proved(audit, names) : []),
      make(
        'div',
        {class: 'audit-acts'},
        make(
          'a',
          {
            class: 'button',
            href: `${address(`/meetings/${audit.meeting}/export`)}?download`,
            download: true,
          },
          icon('save'),
          make('span', {}, tell('audit.export')),
        ),
        ...this.#proof(audit, language),
        make('a', {class: 'button', href: '#evidence'}, tell('audit.close')),
      ),
      make('p', {class: 'note'}, tell('audit.export.note')),
    )
  }

  /** What anybody can check, once it is sealed. @param {Audit} audit @param {string} language */
  #proof({meeting, sealed, openings}, language) {
    if (!sealed || openings.length === 0) return []
    const given = `download&language=${encodeURIComponent(language)}`
    const href = `${address(`/meetings/${meeting}/proof`)}?${given}`
    const words = make('span', {}, this.#voice.tell('audit.proof'))
    return [make('a', {class: 'button', href, download: true}, icon('save'), words)]
  }

  /** @param {Audit} audit */
  #verdict({fault, begun, sealed, head}) {
    const {tell} = this.#voice
    if (fault !== null)
      return make(
        'div',
        {class: 'verdict'},
        stateWord('fault', tell('audit.broken')),
        english('p', '', fault),
      )
    if (!begun) return make('p', {class: 'verdict'}, tell('audit.nothing'))
    return make(
      'div',
      {class: 'verdict'},
      stateWord('well', tell('audit.whole')),
      make('p', {class: 'note'}, tell(sealed ? 'audit.sealed' : 'audit.unsealed')),
      head === null ? null : make('dl', {class: 'about'}, pair(tell('audit.head'), id(head))),
    )
  }

  /** @param {Audit} audit @param {Names} names */
  #proved({openings, notices, deleted}, names) {
    const {tell, language} = this.#voice
    const wordings = Object.entries(notices)
    return [
      openings.length === 0
        ? null
        : make('ul', {class: 'proved'}, ...openings.map(each => this.#opening(each, names))),
      ...deleted.map(({feature, at}) =>
        make(
          'p',
          {},
          tell('audit.deleted', {name: names[feature] ?? feature, when: dayAndClock(language, at)}),
        ),
      ),
      ...wordings.map(([digest, notice]) =>
        make(
          'details',
          {class: 'wording'},
          make('summary', {}, tell('audit.wording', {name: notice.name}), ' ', shortDigest(digest)),
          make('p', {class: 'meaning', lang: notice.language}, notice.meaning),
          facts(words(notice.language), notice),
        ),
      ),
    ].filter(each => each !== null)
  }

  /** @param {OpeningProof} opening @param {Names} names */
  #opening({feature, began, ended, people, notices}, names) {
    const {tell, language} = this.#voice
    const name = names[feature] ?? feature
    const from = dayAndClock(language, began)
    const said =
      ended === null
        ? tell('audit.on', {name, from, people})
        : tell('audit.was-on', {name, from, to: untilWords(language, began, ended), people})
    return make('li', {}, said, ' ', ...notices.flatMap(each => [shortDigest(each), ' ']))
  }
}

/** On the same day, the time is enough. @param {string} language @param {string} began @param {string} ended */
const untilWords = (language, began, ended) =>
  new Date(began).toDateString() === new Date(ended).toDateString()
    ? clock(language, ended)
    : dayAndClock(language, ended)
