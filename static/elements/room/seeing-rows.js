/** How one sees, as rows of a menu: where there is no room for the stage's own controls. */
import {otherView} from './stage-bar.js'
import {icon, make, redraw, write} from '../common/dom.js'
import {FullEvent, PreferEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {PartEvent} from '../common/events.js' */
/** @import {Seeing} from './stage-bar.js' */

/** @param {string} drawing @param {() => PartEvent} event  of a press; the menu closes first */
function act(drawing, event) {
  const [drawn, words] = [icon(drawing), make('span')]
  const row = make('button', {type: 'button', class: 'pop-row'}, drawn, words)
  row.addEventListener('click', () => {
    const menu = row.closest('[popover]')
    if (menu instanceof HTMLElement) menu.hidePopover()
    row.dispatchEvent(event())
  })
  return {row, drawn, words}
}

/** The whole screen, in or out of it. @param {Say} say */
export function fullRow(say) {
  const {row, drawn, words} = act('full', () => new FullEvent())
  return {
    row,
    /** @param {boolean | null} full as in `Seeing` */
    show(full) {
      row.hidden = full === null
      redraw(drawn, full === true ? 'unfull' : 'full')
      write(words, say(full === true ? 'full.leave' : 'full.enter'))
    },
  }
}

/** All of it. @param {Say} say */
export function seeingRows(say) {
  let other = 'speaker'
  let own = 'off'
  const view = act('spotlight', () => new PreferEvent('view', other))
  const self = act('person', () => new PreferEvent('self-view', own))
  const full = fullRow(say)
  return {
    rows: [view.row, self.row, full.row],
    /** @param {Seeing} seeing */
    show({preferences, full: filled}) {
      other = otherView(preferences)
      own = preferences.get('self-view') === 'on' ? 'off' : 'on'
      redraw(view.drawn, other === 'speaker' ? 'spotlight' : 'overview')
      write(view.words, say(other === 'speaker' ? 'prefer.view.speaker' : 'prefer.view.grid'))
      redraw(self.drawn, own === 'off' ? 'unseen' : 'person')
      write(self.words, say(own === 'off' ? 'self.hide' : 'self.show'))
      full.show(filled)
    },
  }
}
