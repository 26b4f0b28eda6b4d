/**
 * What a Session says to its page.
 */

/** The view is another one. */
export class ViewChangeEvent extends Event {
  constructor() {
    super('change')
  }
}

/** Somebody's streams are other ones. */
export class StreamsChangeEvent extends Event {
  constructor() {
    super('streams')
  }
}

/** The wording has changed since: fetch the facts again, show them, set them as `facts`. */
export class NoticesOutdatedEvent extends Event {
  constructor() {
    super('notices-outdated')
  }
}

/**
 * Resolves once something holds, looked at now and at each such event.
 * @param {EventTarget} target @param {string} type @param {() => boolean} holds @returns {Promise<void>}
 */
export function until(target, type, holds) {
  return new Promise(resolve => {
    const compare = () => {
      if (!holds()) return
      target.removeEventListener(type, compare)
      resolve()
    }
    target.addEventListener(type, compare)
    compare()
  })
}
