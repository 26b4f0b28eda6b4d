/** One notice of all, as a joiner sees it, in the language that is chosen. */
import {shortDigest} from './layout.js'
import {NoticePreview} from './notice-preview.js'
import {Part, icon, make, set, unseen} from '../common/dom.js'
import {languageSelect} from '../common/language-choice.js'
import {featureName} from '../../console/offered.js'

/** @import {Features} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */

export class NoticeChoice extends Part {
  static tag = 'notice-choice'
  #voice
  #note = make('p', {class: 'note'})
  #preview = new NoticePreview()
  #choices = make('div', {class: 'as-seen-choices'})
  #feature = ''
  #language

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    const {tell, language} = voice
    this.#voice = voice
    this.#language = language
    const title = make('h2', {id: 'as-seen-title'}, tell('preview.title'))
    set(this, {class: 'section half', role: 'region', 'aria-labelledby': title.id})
    this.append(
      make('div', {class: 'as-seen-head'}, make('div', {}, title, this.#note), this.#choices),
      this.#preview,
    )
  }

  /** @param {Features} features @param {readonly string[]} spoken to joiners */
  show(features, spoken) {
    const first = features.features[0]
    if (!first) return
    if (!features.features.some(({id}) => id === this.#feature)) this.#feature = first.id
    if (!spoken.includes(this.#language)) this.#language = spoken[0] ?? this.#language
    const language = languageSelect(this.#language, spoken, {'data-choice': 'preview-language'})
    language.addEventListener('change', () => {
      this.#language = language.value
      this.#draw(features)
    })
    const feature = make(
      'select',
      {'data-choice': 'preview-feature'},
      ...features.features.map(each =>
        make('option', {value: each.id}, featureName(each, this.#voice.language)),
      ),
    )
    feature.value = this.#feature
    feature.addEventListener('change', () => {
      this.#feature = feature.value
      this.#draw(features)
    })
    this.#choices.replaceChildren(
      labelled('gate', this.#voice.tell('preview.feature'), feature),
      labelled('globe', this.#voice.tell('preview.language'), language),
    )
    this.#draw(features)
  }

  /** @param {Features} features */
  #draw({features}) {
    const feature = features.find(({id}) => id === this.#feature)
    const notice = feature?.notices[this.#language]
    if (!feature || !notice) return
    const {tell} = this.#voice
    this.#note.replaceChildren(
      tell('preview.note', {version: notice.version}),
      ' ',
      shortDigest(notice.digest),
    )
    this.#preview.show(notice, feature.third_party)
  }
}

/** @param {string} drawing @param {string} text @param {HTMLSelectElement} select */
export const labelled = (drawing, text, select) =>
  make('label', {class: 'entry'}, icon(drawing), unseen(text), select, icon('down'))
