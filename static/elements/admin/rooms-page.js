/** Live rooms as numbers: no title, no names, and nothing of what anybody chose. */
import {EndRoomEvent, MoreEvent} from './events.js'
import {id, pageHead, section, stateWord, table} from './layout.js'
import {isNews, redraw} from './redraw.js'
import {Part, button, make, unseen} from '../common/dom.js'
import {age} from '../../console/ages.js'

/** @import {LiveRoom, LiveRooms} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */

export class RoomsPage extends Part {
  static tag = 'rooms-page'
  #voice
  #list = make('div', {})
  #more
  /** @type {Map<string, string>} */
  #known = new Map()

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    const {tell} = voice
    this.#voice = voice
    this.#more = button(tell('more'), {'data-act': 'more'})
    this.#more.addEventListener('click', () => this.dispatchEvent(new MoreEvent()))
    this.append(
      pageHead(tell('rooms.title'), tell('rooms.note')),
      make(
        'div',
        {class: 'boards'},
        section({id: 'rooms', title: tell('rooms.live')}, this.#list, this.#more),
      ),
    )
  }

  /** @param {{rooms: LiveRooms, now: number, busy: string | null}} data */
  show({rooms: {rooms, next}, now, busy}) {
    const {tell} = this.#voice
    this.#more.hidden = next === null
    const rows = rooms.map(room => this.#row(room, now, busy === room.room))
    const minute = Math.floor(now / 60_000)
    if (!isNews(this.#known, 'rooms', [rooms, busy, minute])) return
    const heads = [tell('rooms.room'), tell('rooms.age'), tell('rooms.people'), tell('rooms.on')]
    redraw(
      this.#list,
      table([...heads, ''], rows, {empty: tell('rooms.none'), action: tell('action')}),
    )
  }

  /** @param {LiveRoom} room @param {number} now @param {boolean} busy */
  #row(room, now, busy) {
    const {tell, language} = this.#voice
    const end = button(tell('rooms.end'), {
      'data-size': 'small',
      'data-key': `end ${room.room}`,
      'aria-disabled': busy ? 'true' : null,
    })
    end.append(unseen(` ${room.room}`))
    end.addEventListener('click', () => {
      if (!end.hasAttribute('aria-disabled')) this.dispatchEvent(new EndRoomEvent(room.room))
    })
    return [
      id(room.room),
      age(language, now - Date.parse(room.opened_at)),
      String(room.people),
      stateWord(room.on ? 'on' : 'off', tell(room.on ? 'rooms.is-on' : 'rooms.is-off')),
      end,
    ]
  }
}
