/** Which language the page speaks, to choose. The page turns; or it cannot, and that is said here. */
import {Part, make, write} from './dom.js'
import {LanguageEvent} from './events.js'
import {nameOf} from '../../i18n/words.js'

/** @import {Say} from '../../i18n/words.js' */

export class LanguageChoice extends Part {
  static tag = 'language-choice'
  #say
  #language
  #select
  #fault = make('p', {class: 'field-fault', role: 'alert', hidden: true})

  /**
   * @param {Say} say @param {{language: string, languages: readonly string[]}} page
   * @param {(select: HTMLSelectElement) => HTMLElement} labelled puts the choice into its label
   */
  constructor(say, {language, languages}, labelled) {
    super()
    this.#say = say
    this.#language = language
    this.#select = languageSelect(language, languages, {'data-choice': 'language'})
    this.#select.addEventListener('change', () =>
      this.dispatchEvent(new LanguageEvent(this.#select.value)),
    )
    this.append(labelled(this.#select), this.#fault)
  }

  /** The words of `wanted` cannot be had: the page stays as it is. @param {string} wanted */
  refuse(wanted) {
    this.#select.value = this.#language
    write(this.#fault, this.#say('language.failed', {name: nameOf(wanted)}))
    this.#fault.hidden = false
  }
}

/** @param {string} language @param {readonly string[]} languages @param {Readonly<Record<string, string>>} attributes */
export function languageSelect(language, languages, attributes) {
  const options = languages.map(tag => make('option', {value: tag, lang: tag}, nameOf(tag)))
  const select = make('select', attributes, ...options)
  select.value = language
  return select
}
