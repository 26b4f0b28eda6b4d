/** Who may come in: two switches of the host's. What they show is what the server says. */
import {Part, make, set} from '../common/dom.js'
import {DoorEvent} from '../common/events.js'
import {switchButton} from '../common/switch-button.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {View} from '../../room/view.js' */
/** @import {Door} from '../../wire/messages.js' */

const SIDES = /** @type {const} */ (['knock', 'locked'])

export class DoorSwitches extends Part {
  static tag = 'door-switches'
  /** @type {Door} */
  #door = {locked: false, knock: false}
  /** @type {Map<string, HTMLButtonElement>} */
  #switches = new Map()

  /** @param {Say} say */
  constructor(say) {
    super()
    const heading = make('h3', {id: 'door', class: 'roster-head'}, say('door.title'))
    set(this, {role: 'group', 'aria-labelledby': heading.id})
    this.append(heading, ...SIDES.map(side => this.#switch(say, side)))
  }

  /** @param {Say} say @param {(typeof SIDES)[number]} side */
  #switch(say, side) {
    const press = switchButton(`door-${side}`, say(`door.${side}`), say(`door.${side}.note`))
    press.addEventListener('click', () => {
      if (!press.hasAttribute('aria-disabled'))
        this.dispatchEvent(new DoorEvent({...this.#door, [side]: !this.#door[side]}))
    })
    this.#switches.set(side, press)
    return press
  }

  /** @param {View} view */
  show({door, phase}) {
    this.#door = door
    for (const side of SIDES)
      set(this.#switches.get(side) ?? this, {
        'aria-checked': String(door[side]),
        'aria-disabled': phase === 'open' ? null : 'true',
      })
  }
}
