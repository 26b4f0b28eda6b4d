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
