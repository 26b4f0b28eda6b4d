/** The first page: the promise in one sentence, open a room, or join one. */
import {JoinByLink} from './join-by-link.js'
import {OpenRoom} from './open-room.js'
import {RoomCreated} from './room-created.js'
import {Part, make} from '../common/dom.js'
import {PageMasthead} from '../common/masthead.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {ServerFacts} from '../../room/notices.js' */

export class StartPage extends Part {
  static tag = 'start-page'
  #say
  #open
  #card

  /** @param {Say} say @param {{server: ServerFacts, language: string, languages: readonly string[]}} page */
  constructor(say, page) {
    super()
    this.#say = say
    this.#open = new OpenRoom(say, page)
    this.#card = make('section', {class: 'section'}, this.#open)
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
    )
  }

  /** @param {{busy: boolean, failed: boolean}} state */
  show(state) {
    this.#open.show(state)
  }

  /** @param {{title: string, invitation: string, host: string}} room */
  showCreated(room) {
    this.#card.replaceChildren(new RoomCreated(this.#say, room))
  }
}
