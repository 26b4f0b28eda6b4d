/** The ledger, to be looked through: meetings, what was done to the server, and one audit. */
import {AuditView} from './audit-view.js'
import {FindEvent, MoreEvent} from './events.js'
import {english, id, pageHead, section, stateWord, table} from './layout.js'
import {isNews, redraw} from './redraw.js'
import {Part, button, icon, make} from '../common/dom.js'
import {dayAndClock} from '../../i18n/when.js'

/** @import {Audit, Meetings, ServerActs} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */
/** @import {Names} from './storage-page.js' */

export class EvidencePage extends Part {
  static tag = 'evidence-page'
  #voice
  #list = make('div', {})
  #acts = make('div', {})
  #audit = make('div', {class: 'full'})
  #more
  #begins = make('input', {
    name: 'begins',
    dir: 'ltr',
    maxlength: 64,
    spellcheck: 'false',
    autocomplete: 'off',
  })
  #day = make('input', {name: 'day', type: 'date'})
  /** @type {Map<string, string>} */
  #known = new Map()

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    const {tell} = voice
    this.#voice = voice
    this.#more = button(tell('more'), {'data-act': 'more'})
    this.#more.addEventListener('click', () => this.dispatchEvent(new MoreEvent()))
    const form = make(
      'form',
      {class: 'find-form', novalidate: true},
      entry(tell('evidence.begins'), 'find', this.#begins),
      entry(tell('evidence.day'), 'clock', this.#day),
      make('button', {class: 'button'}, tell('evidence.find')),
    )
    form.addEventListener('submit', event => {
      event.preventDefault()
      this.dispatchEvent(new FindEvent({begins: this.#begins.value.trim(), day: this.#day.value}))
    })
    this.append(
      pageHead(tell('evidence.title'), tell('evidence.note')),
      make(
        'div',
        {class: 'boards'},
        this.#audit,
        section({id: 'meetings', title: tell('evidence.meetings')}, form, this.#list, this.#more),
        section({id: 'acts', title: tell('acts.title'), note: tell('acts.note')}, this.#acts),
      ),
    )
  }

  /** @param {{meetings: Meetings, acts: ServerActs, audit: Audit | null, names: Names}} data */
  show({meetings, acts, audit, names}) {
    this.#more.hidden = meetings.next === null
    if (isNews(this.#known, 'meetings', [meetings, audit?.meeting])) this.#showList(meetings, audit)
    if (isNews(this.#known, 'acts', [acts, names])) this.#showActs(acts, names)
    this.#audit.hidden = audit === null
    if (isNews(this.#known, 'audit', [audit, names]) && audit) {
      this.#audit.replaceChildren(new AuditView(this.#voice, audit, names))
      this.#audit.querySelector('h2')?.focus()
    }
  }

  /** @param {Meetings} meetings @param {Audit | null} audit */
  #showList({meetings}, audit) {
    const {tell, language} = this.#voice
    redraw(
      this.#list,
      table(
        [tell('evidence.meeting'), tell('evidence.opened'), tell('evidence.ended'), ''],
        meetings.map(({meeting, opened_at: opened, ended_at: ended}) => [
          id(meeting),
          dayAndClock(language, opened),
          ended === null ? tell('evidence.goes-on') : dayAndClock(language, ended),
          make(
            'a',
            {
              class: 'button',
              'data-size': 'small',
              href: `#evidence/${meeting}`,
              'aria-current': audit?.meeting === meeting ? 'true' : null,
              'data-key': `audit ${meeting}`,
              'aria-label': tell('evidence.audit-of', {meeting}),
            },
            tell('evidence.audit'),
          ),
        ]),
        {empty: tell('evidence.none'), action: tell('action')},
      ),
    )
  }

  /** @param {ServerActs} acts @param {Names} names */
  #showActs({fault, acts}, names) {
    const {tell, language} = this.#voice
    if (fault !== null) {
      const word = stateWord('fault', tell('audit.broken'))
      this.#acts.replaceChildren(word, english('p', 'note', fault))
      return
    }
    redraw(
      this.#acts,
      table(
        [tell('acts.when'), tell('features.feature'), tell('acts.what'), tell('acts.by')],
        acts.map(({at, act, feature, by, key}) => [
          dayAndClock(language, at),
          key === null ? (names[feature ?? ''] ?? feature ?? '') : tell(`acts.key.${key}`),
          tell(`acts.${act}`),
          tell(`notice.by-${by}`),
        ]),
        {empty: tell('acts.none')},
      ),
    )
  }
}

/** @param {string} text @param {string} drawing @param {HTMLInputElement} input */
const entry = (text, drawing, input) =>
  make(
    'label',
    {class: 'field'},
    make('span', {class: 'field-name'}, text),
    make('span', {class: 'entry'}, icon(drawing), input),
  )
