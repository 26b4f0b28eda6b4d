/** The page on which anybody reads what a receipt, a proof or another file proves. */
import {AgainEvent} from './events.js'
import {VerdictCard, stateOf} from './verdict-card.js'
import {VerifyForm} from './verify-form.js'
import {Part, button, icon, make, write} from '../common/dom.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Verdict} from '../../proof/verify.js' */
/** @import {Place} from './verdict-card.js' */

export class VerifyPage extends Part {
  static tag = 'verify-page'
  #say
  #sum = make('p', {class: 'lead', role: 'status'})
  #list = make('div', {class: 'verdicts'})
  #title
  #found

  /** @param {Say} say @param {{language: string, languages: readonly string[]}} page */
  constructor(say, {language, languages}) {
    super()
    this.#say = say
    this.#title = make('h2', {id: 'found', tabindex: -1}, say('verify.results'))
    const again = button(say('verify.again'), {'data-size': 'small', 'data-act': 'again'}, 'again')
    again.addEventListener('click', () => this.dispatchEvent(new AgainEvent()))
    this.#found = make(
      'section',
      {class: 'verify-found', 'aria-labelledby': 'found', hidden: true},
      this.#title,
      this.#list,
      again,
    )
    this.append(
      new PageMasthead(say, {place: '', language, languages}),
      make(
        'main',
        {class: 'verify'},
        make(
          'div',
          {class: 'verify-head'},
          make('h1', {}, say('verify.title')),
          make('p', {class: 'lead'}, say('verify.lead')),
        ),
        new VerifyForm(say),
        this.#sum,
        this.#found,
        this.#elsewhere(),
      ),
      new PageFoot(say),
    )
  }

  #elsewhere() {
    const say = this.#say
    return make(
      'section',
      {class: 'verify-elsewhere', 'aria-labelledby': 'elsewhere'},
      make('h2', {id: 'elsewhere'}, say('verify.elsewhere')),
      make('p', {}, say('verify.elsewhere.text')),
      make('pre', {dir: 'ltr'}, make('code', {}, 'python3 verify.py receipt.jws')),
      make(
        'ul',
        {class: 'verify-links'},
        ...[
          link('verify.py', say('verify.elsewhere.file'), 'save'),
          link('.well-known/gatekeeper-keys.json', say('verify.elsewhere.keys'), 'key'),
          link('log/keys', say('verify.elsewhere.log'), 'chain'),
        ].map(each => make('li', {}, each)),
      ),
      make('p', {class: 'note'}, say('verify.elsewhere.note')),
    )
  }

  /** @param {readonly Verdict[] | 'busy' | null} verdicts  null: nothing was given yet @param {Place} place */
  show(verdicts, place) {
    const told = Array.isArray(verdicts) ? verdicts : []
    this.#found.hidden = told.length === 0
    this.#list.replaceChildren(...told.map(each => new VerdictCard(this.#say, each, place)))
    if (verdicts === 'busy') write(this.#sum, this.#say('verify.busy'))
    else write(this.#sum, told.length === 0 ? '' : this.#say(`verify.sum.${worst(told)}`))
  }

  /** Where the eye goes once something was found. */
  goToFound() {
    this.#title.focus()
  }
}

/** @param {readonly Verdict[]} verdicts */
function worst(verdicts) {
  const states = verdicts.map(({code}) => stateOf(code))
  return states.includes('bad') ? 'bad' : states.includes('unknown') ? 'unknown' : 'good'
}

/** @param {string} path @param {string} text @param {string} drawing */
const link = (path, text, drawing) =>
  make(
    'a',
    {class: 'button', 'data-size': 'small', href: at(path), download: true},
    icon(drawing),
    text,
  )
