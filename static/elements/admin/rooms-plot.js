/** How many rooms were open at once, hour by hour: bars, and the same in words. */
import {Part, make} from '../common/dom.js'
import {clock} from '../../i18n/when.js'

/** @import {Hour} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */

const SVG = 'http://www.w3.org/2000/svg'
const HOURS = 24
const STEP = 10

export class RoomsPlot extends Part {
  static tag = 'rooms-plot'
  #voice

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    this.#voice = voice
  }

  /** @param {readonly Hour[]} hours the latest last */
  show(hours) {
    const {tell, language} = this.#voice
    const most = Math.max(0, ...hours.map(({rooms}) => rooms))
    const peak = hours.find(({rooms}) => rooms === most)
    const told =
      most === 0 || !peak
        ? tell('plot.none')
        : tell('plot.most', {rooms: most, at: clock(language, peak.began)})
    const first = hours[0]
    this.replaceChildren(
      make('p', {class: 'note'}, told),
      bars(hours, most, told),
      make(
        'div',
        {class: 'plot-axis', 'aria-hidden': 'true'},
        make('span', {}, first ? clock(language, first.began) : ''),
        make('span', {}, tell('plot.now')),
      ),
    )
  }
}

/** @param {readonly Hour[]} hours @param {number} most @param {string} label */
function bars(hours, most, label) {
  const svg = draw('svg', {
    class: 'plot',
    viewBox: `0 0 ${HOURS * STEP} 100`,
    preserveAspectRatio: 'none',
    role: 'img',
    'aria-label': label,
  })
  const grid = draw('path', {class: 'grid', d: 'M0 99.5h240M0 50h240M0 .5h240'})
  const group = draw('g', {class: 'bars'})
  hours.forEach(({rooms}, index) => {
    const height = most === 0 ? 0 : (rooms / most) * 96
    const x = (HOURS - hours.length + index) * STEP + 1.5
    group.append(draw('rect', {x, y: 100 - height, width: 7, height, rx: 1}))
  })
  svg.append(grid, group)
  return svg
}

/** @param {string} tag @param {Readonly<Record<string, string | number>>} attributes */
export function draw(tag, attributes) {
  const node = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value))
  return node
}
