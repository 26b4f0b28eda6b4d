/** How full the disk is, and with what: a bar, and the same as a list. */
import {draw} from './rooms-plot.js'
import {Part, make} from '../common/dom.js'
import {listed, size} from '../../i18n/amounts.js'

/** @import {StorageState} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */

export class StorageBar extends Part {
  static tag = 'storage-bar'
  #voice

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    this.#voice = voice
  }

  /** @param {StorageState} storage */
  show({total, free, used}) {
    const {tell, language} = this.#voice
    const ours = used.reduce((sum, {bytes}) => sum + bytes, 0)
    const other = Math.max(total - free - ours, 0)
    const parts = [
      ...used.map(({kind, bytes}) => ({text: tell(`storage.${kind}`), bytes})),
      {text: tell('storage.other'), bytes: other},
    ]
    const label = listed(
      language,
      parts.map(({text, bytes}) => `${text} ${size(language, bytes)}`),
    )
    this.replaceChildren(
      make(
        'p',
        {class: 'note'},
        tell('storage.free', {free: size(language, free), total: size(language, total)}),
      ),
      bar(parts, total, label),
      make('dl', {class: 'key'}, ...parts.map((part, index) => this.#line(part, index))),
    )
  }

  /** @param {{text: string, bytes: number}} part @param {number} index */
  #line({text, bytes}, index) {
    const mark = draw('svg', {viewBox: '0 0 10 10', 'aria-hidden': 'true'})
    mark.append(draw('rect', {class: `fill-${index + 1}`, width: 10, height: 10, rx: 2}))
    return make(
      'div',
      {},
      make('dt', {}, mark, text),
      make('dd', {}, size(this.#voice.language, bytes)),
    )
  }
}

/** @param {readonly {bytes: number}[]} parts @param {number} total @param {string} label */
function bar(parts, total, label) {
  const svg = draw('svg', {
    class: 'store',
    viewBox: '0 0 1000 10',
    preserveAspectRatio: 'none',
    role: 'img',
    'aria-label': label,
  })
  svg.append(draw('rect', {class: 'fill-0', width: 1000, height: 10}))
  let x = 0
  parts.forEach(({bytes}, index) => {
    // What is there at all can be seen.
    const width = bytes === 0 ? 0 : Math.max((bytes / total) * 1000, 4)
    svg.append(draw('rect', {class: `fill-${index + 1}`, x, width, height: 10}))
    x += width
  })
  return svg
}
