/**
 * Whether a page may look other than when this was asked last.
 *
 * What changes a page says so: its nodes, its window, a picture that has come, what scrolls or
 * moves by itself. A font or a style sheet says nothing: who asks looks now and then all the same.
 */

const SIGNS = ['resize', 'scroll', 'load', 'toggle', 'focusout', 'change']
const ALL = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeOldValue: true,
  characterData: true,
}

export class Stir {
  #stirred = true
  #view

  /** @param {Window & typeof globalThis} view  the window that the page is in */
  constructor(view) {
    this.#view = view
  }

  /** From now on. */
  watch() {
    const stir = () => this.happens()
    const noted = new MutationObserver(records => records.some(changes) && stir())
    noted.observe(this.#view.document, ALL)
    for (const type of SIGNS)
      this.#view.addEventListener(type, stir, {capture: true, passive: true})
  }

  /** Something has, of which only the caller knows. */
  happens() {
    this.#stirred = true
  }

  /** Whether anything has happened since this was asked last, or is happening still. */
  any() {
    const stirred = this.#stirred || this.#view.document.getAnimations().length > 0
    this.#stirred = false
    return stirred
  }
}

/** Whether it does: an attribute can be written as it was. @param {MutationRecord} record */
const changes = ({type, target, attributeName, oldValue}) =>
  type !== 'attributes' ||
  /** @type {Element} */ (target).getAttribute(attributeName ?? '') !== oldValue
