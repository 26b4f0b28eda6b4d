/**
 * What somebody wrote, as nodes: text is text, an address can be pressed, and who is addressed
 * stands out.
 *
 * Rule 1: nothing is fetched for it. What is opened is told nothing of the room that it was in.
 * Rule 2: where another host is opened than the letters show, that one stands beside it.
 */
import {make, unseen} from '../common/dom.js'
import {linked} from '../../room/links.js'
import {addressed} from '../../room/mentions.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Part} from '../../room/links.js' */
/** @typedef {{names: readonly string[], own: string | null}} Here  who is here; `own`: one's own name, null in one's own lines */

/** @param {Say} say @param {string} text @param {Here} here @returns {Node[]} */
export const messageWords = (say, text, here) =>
  linked(text).flatMap(part => (part.href === null ? named(say, part.text, here) : [link(part)]))

/** @param {Say} say @param {string} text @param {Here} here @returns {Node[]} */
const named = (say, text, {names, own}) =>
  addressed(text, names).map(({text: piece, name}) => {
    if (name === null) return new Text(piece)
    if (name !== own) return make('b', {class: 'mention'}, piece)
    return make('mark', {class: 'mention'}, piece, unseen(say('chat.you')))
  })

/** @param {Part} part */
function link({text, href, host}) {
  const address = make(
    'a',
    {
      class: 'talk-link',
      href,
      dir: 'ltr',
      target: '_blank',
      rel: 'noopener noreferrer',
      referrerpolicy: 'no-referrer',
    },
    text,
  )
  if (host === null) return address
  return make('span', {}, address, ' ', make('span', {class: 'talk-host', dir: 'ltr'}, `(${host})`))
}
