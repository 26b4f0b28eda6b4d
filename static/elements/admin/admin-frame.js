/** What is around every section of the console: who runs it, the sections, the way out. */
import {AskFirst} from './ask-first.js'
import {SignedOutEvent} from './events.js'
import {Part, icon, make, set, write} from '../common/dom.js'
import {chooser} from '../common/masthead.js'
import {SECTIONS} from '../../console/sections.js'
import {at} from '../../site/place.js'

/** @import {Section} from '../../console/sections.js' */
/** @import {Session} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */

export class AdminFrame extends Part {
  static tag = 'admin-frame'
  #main = make('main', {class: 'console-body', id: 'console'})
  #status = make('p', {class: 'unseen', role: 'status'})
  #fault = make('p', {class: 'console-fault', role: 'alert', hidden: true})
  /** @type {Map<Section, HTMLAnchorElement>} */
  #links = new Map()
  #skip
  ask = new AskFirst()

  /** @param {Voice} voice @param {{session: Session, languages: readonly string[]}} page */
  constructor({say, tell, language}, {session, languages}) {
    super()
    for (const [name, drawing] of SECTIONS)
      this.#links.set(
        name,
        make(
          'a',
          {href: `${at('admin')}#${name}`},
          icon(drawing),
          make('span', {}, tell(`nav.${name}`)),
        ),
      )
    const out = make('button', {type: 'button', class: 'link'}, tell('out'))
    out.addEventListener('click', () => this.dispatchEvent(new SignedOutEvent()))
    this.#skip = make('a', {class: 'skip', href: '#console'}, tell('skip'))
    this.#skip.addEventListener('click', event => {
      event.preventDefault()
      this.focusHead()
    })
    const nav = make('nav', {class: 'nav', 'aria-label': tell('console')}, ...this.#links.values())
    this.append(
      this.#skip,
      make(
        'header',
        {class: 'masthead'},
        make(
          'a',
          {class: 'brand', href: at('admin')},
          icon('gate'),
          make('span', {}, say('brand')),
        ),
        make('span', {class: 'place'}, session.place || tell('console')),
        make('div', {class: 'masthead-end'}, chooser(say, language, languages), out),
      ),
      make('div', {class: 'console'}, nav, this.#main),
      this.ask,
      this.#status,
    )
  }

  /** @param {Section} section @param {Element} page */
  turn(section, page) {
    for (const [name, link] of this.#links)
      set(link, {'aria-current': name === section ? 'page' : null})
    this.#reveal()
    this.ask.close()
    this.#fault.hidden = true
    this.#main.replaceChildren(this.#fault, page)
    scrollTo(0, 0)
  }

  /** The link of the section that is shown, in a row that scrolls on a phone. */
  #reveal() {
    const link = [...this.#links.values()].find(each => each.hasAttribute('aria-current'))
    const row = link?.parentElement
    if (link && row && row.scrollWidth > row.clientWidth)
      row.scrollLeft = link.offsetLeft - row.clientWidth / 2 + link.clientWidth / 2
  }

  /** Where one goes on after turning to a section. */
  focusHead() {
    const head = this.#main.querySelector('h1')
    if (head instanceof HTMLElement) head.focus({preventScroll: false})
  }

  /** Heard, and not seen. @param {string} text */
  announce(text) {
    write(this.#status, text)
  }

  /** What went wrong; empty: nothing does any more. @param {string} text */
  complain(text) {
    write(this.#fault, text)
    this.#fault.hidden = text === ''
    if (text !== '') this.#fault.scrollIntoView({block: 'nearest'})
  }
}
