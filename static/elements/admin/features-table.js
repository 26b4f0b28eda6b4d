/** Features as hosts can ask for them, each with its switch. */
import {SwitchEvent} from './events.js'
import {stateWord, table} from './layout.js'
import {redraw} from './redraw.js'
import {Part, button, make, set, unseen} from '../common/dom.js'
import {noticeIn} from '../../console/offered.js'
import {shortDay} from '../../i18n/amounts.js'

/** @import {FeatureState} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */

export class FeaturesTable extends Part {
  static tag = 'features-table'
  #voice
  #wide

  /** @param {Voice} voice @param {{wide?: boolean}} [how] `wide`: with who processes it in full */
  constructor(voice, {wide = false} = {}) {
    super()
    this.#voice = voice
    this.#wide = wide
  }

  /** @param {readonly FeatureState[]} features @param {string | null} busy the one that is just switched */
  show(features, busy) {
    const {tell} = this.#voice
    const heads = ['feature', 'state', 'processor', 'notice'].map(key =>
      tell(/** @type {'features.feature'} */ (`features.${key}`)),
    )
    redraw(
      this,
      table(
        [...heads, ''],
        features.map(each => this.#row(each, busy === each.id)),
        {empty: tell('features.none'), action: tell('action')},
      ),
    )
  }

  /** @param {FeatureState} feature @param {boolean} busy */
  #row(feature, busy) {
    const {tell, language} = this.#voice
    const notice = noticeIn(feature, language)
    if (!notice) throw new RangeError(`no notice of ${feature.id}`)
    return [
      notice.name,
      this.#state(feature),
      make(
        'span',
        {class: this.#wide ? null : 'clipped', title: notice.processor},
        notice.processor,
      ),
      make(
        'a',
        {href: `#notices/${feature.id}`, 'data-key': `notice ${feature.id}`},
        tell('notice.version', {
          version: notice.version,
          day: shortDay(language, notice.since),
        }),
        unseen(`: ${notice.name}`),
      ),
      this.#switch(feature, notice.name, busy),
    ]
  }

  /** @param {FeatureState} feature */
  #state({state, unavailable}) {
    const {tell} = this.#voice
    if (state === 'offered') return stateWord('on', tell('features.offered'))
    if (state === 'unavailable') {
      const word = stateWord('fault', tell('features.unavailable'))
      return set(word, {title: unavailable})
    }
    return stateWord('off', tell(state === 'off' ? 'features.off' : 'features.off-by-file'))
  }

  /** @param {FeatureState} feature @param {string} name @param {boolean} busy */
  #switch({id, state}, name, busy) {
    const {tell} = this.#voice
    if (state === 'off-by-file') return make('span', {class: 'note'}, tell('features.in-file'))
    const offer = state === 'off'
    const press = button(tell(offer ? 'features.offer' : 'features.switch-off'), {
      'data-size': 'small',
      'data-feature': id,
      'data-act': offer ? 'offer' : 'switch-off',
      'data-key': `switch ${id}`,
      'aria-disabled': busy ? 'true' : null,
    })
    press.append(unseen(` ${name}`))
    press.addEventListener('click', () => {
      if (!press.hasAttribute('aria-disabled')) this.dispatchEvent(new SwitchEvent(id, offer))
    })
    return press
  }
}
