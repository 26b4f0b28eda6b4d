/** Below the film: whose part is not in it. Only once it is made, when every file has been told of. */
import {listed} from '../../i18n/amounts.js'
import {lacking} from '../../kept/lacking.js'
import {Part, make} from '../common/dom.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Kept, KeptFeature} from '../../kept/kept.js' */
/** @import {Lacking} from '../../kept/lacking.js' */

/** @type {Readonly<Record<keyof Lacking, {you: Key, others: Key}>>} */
const WORDS = {
  whole: {you: 'film.without.you', others: 'film.without'},
  wholeFell: {you: 'film.without.fell.you', others: 'film.without.fell'},
  part: {you: 'film.without.part.you', others: 'film.without.part'},
  partFell: {you: 'film.without.part.fell.you', others: 'film.without.part.fell'},
}
const HOW = /** @type {readonly (keyof Lacking)[]} */ (Object.keys(WORDS))

export class FilmLacks extends Part {
  static tag = 'film-lacks'
  #say
  #language
  #shown = ''

  /** @param {Say} say @param {string} language */
  constructor(say, language) {
    super()
    this.#say = say
    this.#language = language
  }

  /** @param {Kept} kept @param {KeptFeature | null} feature */
  show(kept, feature) {
    const texts = feature?.film.state === 'ready' ? this.#texts(kept, feature) : []
    if (texts.join('\n') === this.#shown) return
    this.#shown = texts.join('\n')
    this.replaceChildren(...texts.map(text => make('p', {class: 'note'}, text)))
  }

  /** @param {Kept} kept @param {KeptFeature} feature */
  #texts(kept, feature) {
    const found = lacking(kept, feature)
    return HOW.flatMap(how => {
      const you = found[how].includes(kept.you)
      const names = kept.people
        .filter(({id}) => id !== kept.you && found[how].includes(id))
        .map(({name}) => name ?? '')
      return [
        ...(you ? [this.#say(WORDS[how].you)] : []),
        ...(names.length > 0
          ? [this.#say(WORDS[how].others, {names: listed(this.#language, names)})]
          : []),
      ]
    })
  }
}
