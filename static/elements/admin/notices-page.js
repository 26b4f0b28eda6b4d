/** Notices as joiners see them, with their digests and what they said before; and to word them. */
import {LookEvent} from './events.js'
import {id, pageHead, section} from './layout.js'
import {labelled} from './notice-choice.js'
import {NoticeEditor} from './notice-editor.js'
import {NoticePreview} from './notice-preview.js'
import {isNews} from './redraw.js'
import {WordingDifference} from './wording-difference.js'
import {Part, button, make} from '../common/dom.js'
import {languageSelect} from '../common/language-choice.js'
import {featureName} from '../../console/offered.js'
import {dayAndClock} from '../../i18n/when.js'

/** @import {FeatureState, Features, NoticeInForce} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */
/** @typedef {{features: Features, feature: string, language: string, history: readonly NoticeInForce[], spoken: readonly string[]}} NoticesData */

export class NoticesPage extends Part {
  static tag = 'notices-page'
  #voice
  #body = make('div', {class: 'boards'})
  /** @type {Map<string, string>} */
  #known = new Map()
  /** @type {NoticeEditor | null} */
  editor = null

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    this.#voice = voice
    this.append(pageHead(voice.tell('notices.title'), voice.tell('notices.note')), this.#body)
  }

  /** @param {NoticesData} data */
  show(data) {
    const feature = data.features.features.find(each => each.id === data.feature)
    if (!feature || !isNews(this.#known, 'all', data)) return
    // What somebody is writing stays, whatever else happens.
    if (this.editor?.changed && this.editor.isConnected && this.#known.get('what') === feature.id)
      return
    this.#known.set('what', feature.id)
    this.editor = null
    this.#body.replaceChildren(
      this.#choice(data, feature),
      this.#history(data),
      this.#wording(data, feature),
    )
  }

  /** Begin again from what is in force. */
  forget() {
    this.#known.clear()
    this.editor = null
  }

  /** @param {NoticesData} data @param {FeatureState} feature */
  #choice({features, feature: chosen, language, spoken}, feature) {
    const {tell} = this.#voice
    const select = make(
      'select',
      {'data-choice': 'notice-feature'},
      ...features.features.map(each =>
        make('option', {value: each.id}, featureName(each, this.#voice.language)),
      ),
    )
    select.value = chosen
    const tongue = languageSelect(language, spoken, {'data-choice': 'notice-language'})
    const look = () =>
      this.dispatchEvent(new LookEvent({feature: select.value, language: tongue.value}))
    select.addEventListener('change', look)
    tongue.addEventListener('change', look)
    const notice = feature.notices[language]
    const preview = new NoticePreview()
    if (notice) preview.show(notice, feature.third_party)
    return section(
      {id: 'as-seen', title: tell('preview.title'), span: 'half'},
      make(
        'div',
        {class: 'as-seen-choices'},
        labelled('gate', tell('preview.feature'), select),
        labelled('globe', tell('preview.language'), tongue),
      ),
      preview,
      notice ? this.#about(notice) : null,
    )
  }

  /** @param {NoticeInForce} notice */
  #about({digest, version, since, own}) {
    const {tell, language} = this.#voice
    return make(
      'dl',
      {class: 'about'},
      pair(tell('notice.number'), String(version)),
      pair(tell('notice.since'), dayAndClock(language, since)),
      pair(tell('notice.by'), tell(own ? 'notice.by-console' : 'notice.by-file')),
      pair(tell('notice.digest'), id(digest)),
    )
  }

  /** @param {NoticesData} data */
  #history({history}) {
    const {tell, language} = this.#voice
    const items = history.map((each, index) => {
      const before = history[index + 1]
      return make(
        'li',
        {},
        make(
          'h3',
          {},
          tell('notice.version', {version: each.version, day: dayAndClock(language, each.since)}),
        ),
        id(each.digest),
        before
          ? new WordingDifference(this.#voice, before, each)
          : make('p', {class: 'note'}, tell('history.first')),
      )
    })
    return section(
      {id: 'history', title: tell('history.title'), note: tell('history.note'), span: 'half'},
      make('ol', {class: 'history'}, ...items),
    )
  }

  /** @param {NoticesData} data @param {FeatureState} feature */
  #wording({spoken}, feature) {
    const {tell} = this.#voice
    const begin = button(tell('editor.begin'), {'data-act': 'word'}, 'compose')
    const part = section(
      {id: 'wording', title: tell('editor.title'), note: tell('editor.note')},
      begin,
    )
    begin.addEventListener('click', () => {
      this.editor = new NoticeEditor(this.#voice, feature, spoken)
      begin.replaceWith(this.editor)
      const first = this.editor.querySelector('textarea')
      first?.focus()
    })
    return part
  }
}

/** @param {string} term @param {string | Node} said */
export const pair = (term, said) => make('div', {}, make('dt', {}, term), make('dd', {}, said))
