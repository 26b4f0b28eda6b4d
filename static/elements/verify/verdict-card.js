/** What came of one thing: whether it holds, what it says, what it proves and what it does not. */
import {receiptPaper} from '../consent/receipt-paper.js'
import {Part, button, called, icon, make} from '../common/dom.js'
import {saveFile} from '../common/saving.js'
import {fullDay} from '../../i18n/amounts.js'
import {clock, dayAndClock, moment} from '../../i18n/when.js'
import {isKey} from '../../i18n/words.js'
import {fileName} from '../../kept/receipt.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Audit} from '../../proof/audit.js' */
/** @import {EditList} from '../../proof/edits.js' */
/** @import {Exported} from '../../proof/exported.js' */
/** @import {Receipt} from '../../proof/receipt.js' */
/** @import {Found, Verdict} from '../../proof/verify.js' */
/** @typedef {{language: string, known: readonly string[]}} Place  `known`: the keys of this server, by their thumbprints */

/** What cannot be said, since something is missing here. */
const UNKNOWN = ['kind-unknown', 'key-needed', 'export-needed']
const DRAWN = {good: 'tick', bad: 'fault', unknown: 'ring-unset'}

/** @param {string} code @returns {'good' | 'bad' | 'unknown'} */
export function stateOf(code) {
  if (code === 'good') return 'good'
  return UNKNOWN.includes(code) ? 'unknown' : 'bad'
}

export class VerdictCard extends Part {
  static tag = 'verdict-card'
  #say
  #place

  /** @param {Say} say @param {Verdict} verdict @param {Place} place */
  constructor(say, verdict, place) {
    super()
    this.#say = say
    this.#place = place
    const state = stateOf(verdict.code)
    this.append(
      make(
        'article',
        {class: 'verdict', 'data-state': state, 'data-code': verdict.code},
        make(
          'header',
          {},
          icon(DRAWN[state]),
          make(
            'div',
            {},
            make(
              'h3',
              {},
              say(`verify.kind.${verdict.kind}`),
              ': ',
              make('span', {class: 'verdict-state'}, say(`verify.state.${state}`)),
            ),
            make('p', {class: 'note'}, called(verdict.where)),
          ),
        ),
        ...(verdict.found ? this.#good(verdict, verdict.found) : this.#bad(verdict)),
      ),
    )
  }

  /** @param {Verdict} verdict */
  #bad({code, about}) {
    const say = this.#say
    const key = `verify.fault.${code}`
    return [
      make('p', {class: 'verdict-why'}, isKey(key) ? say(key) : ''),
      about === null ? null : make('p', {}, say('verify.about', {where: about})),
      make('p', {class: 'note'}, say('verify.code', {code})),
    ]
  }

  /** @param {Verdict} verdict @param {Found} found */
  #good({kind}, found) {
    const of = kind === 'log-keys' || kind === 'gate-keys' ? 'keys' : kind
    const told = this.#told(found).map(text => make('li', {}, text))
    return [
      told.length > 0 ? make('ul', {class: 'verdict-told'}, ...told) : null,
      of === 'file'
        ? null
        : make(
            'dl',
            {class: 'verdict-means'},
            ...this.#means('verify.proves', `verify.proves.${of}`),
            ...this.#means('verify.lacks', `verify.lacks.${of}`),
          ),
      ...(found.receipt ? this.#paper(found, found.receipt) : []),
    ]
  }

  /** @param {Key} name @param {Key} text */
  #means(name, text) {
    return [make('dt', {}, this.#say(name)), make('dd', {}, this.#say(text))]
  }

  /** What it says, a line each. @param {Found} found @returns {string[]} */
  #told(found) {
    const say = this.#say
    const {audit, checkpoint, days, exported, files, kid, log, names, receipt} = found
    const lines = []
    if (audit) lines.push(...this.#audited(audit))
    if (days) lines.push(say('verify.feed.days', this.#days(days)))
    if (exported) lines.push(...this.#exported(exported, found))
    if (files !== undefined) lines.push(say('verify.copy.files', {files}))
    if (checkpoint)
      lines.push(say('verify.state', {origin: checkpoint.origin, size: String(checkpoint.size)}))
    if (log) lines.push(say('verify.log', {...log, index: String(Number(log.index) + 1)}))
    else if (receipt) lines.push(say('verify.log.none'))
    if (kid) lines.push(this.#signer(kid, found.pinned === true))
    return [...lines, ...(names ?? [])]
  }

  /** @param {string} kid @param {boolean} pinned */
  #signer(kid, pinned) {
    if (this.#place.known.includes(kid)) return this.#say('verify.signer.here')
    return pinned ? this.#say('verify.signer.named') : this.#say('verify.signer.other', {kid})
  }

  /** @param {{first: string, last: string}} days */
  #days({first, last}) {
    const {language} = this.#place
    return {first: fullDay(language, noonOf(first)), last: fullDay(language, noonOf(last))}
  }

  /** Of an export all parts, of a film or a track those that it is of. @param {Exported} exported @param {Found} found */
  #exported(exported, {film, known, track}) {
    const say = this.#say
    const {language} = this.#place
    const films = film ? [film] : track ? [] : [...exported.films.values()]
    const accounts = track
      ? [track.account]
      : exported.accounts.filter(({opening, part}) => !film || holds(film, opening, part))
    return [
      ...accounts.map(({began, ended, feature, notices: [digest = ''], people}) =>
        say('verify.audit.opening', {
          name: exported.notices.get(digest)?.name ?? feature,
          from: moment(language, began),
          to: clock(language, ended),
          people: people.length,
        }),
      ),
      ...films.flatMap(({parts}) =>
        parts.map(({at, edits, length}) =>
          say('verify.export.film', {
            from: offset(at),
            to: offset(at + length),
            people: new Set(edits.map(({subject}) => subject)).size,
          }),
        ),
      ),
      known
        ? say('verify.export.until', {day: fullDay(language, noonOf(known))})
        : say('verify.export.since', {day: moment(language, exported.madeAt)}),
    ]
  }

  /** @param {Audit} audit */
  #audited({checked_at, meeting, notices, openings}) {
    const say = this.#say
    const {language} = this.#place
    const day = dayAndClock(language, checked_at)
    return [
      say('verify.audit.meeting', {meeting, day}),
      ...openings.map(({began, ended, feature, people, notices: [digest = '']}) =>
        say('verify.audit.opening', {
          name: notices[digest]?.name ?? feature,
          from: moment(language, began),
          to: ended === null ? say('verify.audit.on') : clock(language, ended),
          people,
        }),
      ),
    ]
  }

  /** @param {Found} found @param {Receipt} receipt */
  #paper({text = ''}, receipt) {
    const say = this.#say
    const {event, notice, controller, position} = receipt
    const kept = {feature: notice.feature, event, at: position.at, receipt: text}
    const context = {notices: [], controller, language: this.#place.language}
    const paper = receiptPaper(say, kept, context)
    const print = button(
      say('verify.print'),
      {'data-size': 'small', 'data-act': 'print'},
      'summary',
    )
    print.addEventListener('click', () => printAlone(paper))
    const save = button(say('verify.save'), {'data-size': 'small', 'data-act': 'save'}, 'save')
    save.addEventListener('click', () =>
      saveFile(new Blob([text], {type: 'application/jose'}), fileName(kept)),
    )
    const readable = button(
      say('verify.save.readable'),
      {'data-size': 'small', 'data-act': 'save-json'},
      'save',
    )
    readable.addEventListener('click', () => saveFile(copyOf(receipt, text), jsonName(kept)))
    return [
      make('div', {class: 'paper'}, paper),
      make('div', {class: 'paper-tools'}, print, save, readable),
    ]
  }
}

/** @param {EditList} film @param {string} opening @param {number} part */
const holds = ({parts}, opening, part) =>
  parts.some(each => each.opening === opening && each.part === part)

/** A moment of that day, wherever one is. @param {string} day */
const noonOf = day => `${day}T12:00:00`

/** A time within a film, as players tell it. @param {number} milliseconds */
function offset(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** All that was signed, to be read, and the signed text itself. @param {Receipt} receipt @param {string} signed */
const copyOf = (receipt, signed) =>
  new Blob([JSON.stringify({...receipt, signed}, null, 1)], {type: 'application/json'})

/** @param {{feature: string, event: string, at: string}} kept */
const jsonName = kept => fileName(kept).replace(/\.jws$/, '.json')

/** Have one paper printed, and nothing else of the page. @param {HTMLElement} paper */
function printAlone(paper) {
  const sheet = make('div', {class: 'sheet'}, paper.cloneNode(true))
  document.body.append(sheet)
  addEventListener('afterprint', () => sheet.remove(), {once: true})
  print()
}
