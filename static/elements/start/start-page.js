/** The first page: the promise in one sentence, open a room, or join one. */
import {JoinByLink} from './join-by-link.js'
import {OpenRoom} from './open-room.js'
import {RoomCreated} from './room-created.js'
import {SignIn} from './sign-in.js'
import {Part, make} from '../common/dom.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {ServerFacts} from '../../room/notices.js' */
/** @import {Visitor} from '../../site/visitor.js' */
/** @import {Plan} from '../../room/plan.js' */
/** @import {FileState} from './calendar-entry.js' */
/** @import {Draft} from './open-room.js' */
/** @import {Created} from './room-created.js' */
/**
 * @typedef {object} StartState
 * @property {Visitor} visitor
 * @property {'opening' | 'signing-in' | null} busy
 * @property {string | null} fault the code of what is wrong
 */

export class StartPage extends Part {
  static tag = 'start-page'
  #say
  #language
  #open
  #signIn
  #card
  /** @type {RoomCreated | null} */
  #created = null

  /** @param {Say} say @param {{server: ServerFacts, language: string, languages: readonly string[], draft: Draft | null}} page */
  constructor(say, page) {
    super()
    this.#say = say
    this.#language = page.language
    this.#open = new OpenRoom(say, page)
    this.#signIn = new SignIn(say)
    const title = make('h2', {id: 'open'}, say('start.open'))
    this.#card = make('section', {class: 'section'}, title, this.#signIn, this.#open)
    this.append(
      new PageMasthead(say, {...page, place: page.server.controller.name}),
      make(
        'main',
        {class: 'start'},
        make(
          'div',
          {class: 'start-head'},
          make('h1', {}, say('start.title')),
          make('p', {class: 'lead'}, say('start.lead')),
          make('section', {class: 'start-join'}, new JoinByLink(say)),
        ),
        this.#card,
      ),
      new PageFoot(say),
    )
  }

  /** @param {StartState} state */
  show({visitor, busy, fault}) {
    const {mayOpen} = visitor
    this.#signIn.show({visitor, busy: busy === 'signing-in', fault: mayOpen ? null : fault})
    this.#open.show({busy: busy === 'opening', fault: mayOpen ? fault : null})
    // What somebody has typed stays in sight, though they are no longer signed in.
    this.#open.hidden = !mayOpen && this.draft.title === ''
  }

  /** What is typed. */
  get draft() {
    return this.#open.draft
  }

  /** Somebody is signed in from now on: they begin to open a room. */
  greet() {
    this.#signIn.tell('sign-in.in')
    this.#open.focusTitle()
  }

  /** Somebody is to sign in; `gone`: since they have signed out. @param {{gone: boolean}} how */
  send({gone}) {
    if (gone) this.#signIn.tell('sign-in.gone')
    this.#signIn.focusWay()
  }

  /** @param {Created} created @param {Plan | null} plan when it is to be, if that was chosen before */
  showCreated(created, plan) {
    this.#created = new RoomCreated(this.#say, {language: this.#language, created, plan})
    this.#card.replaceChildren(this.#created)
  }

  /** When the room that was opened is to be met in, as it is chosen. */
  get plan() {
    return this.#created?.plan ?? null
  }

  /** How its calendar file stands. @param {FileState} state */
  showFile(state) {
    this.#created?.showFile(state)
  }
}
