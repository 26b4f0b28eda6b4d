/** What an admin asks for about webhooks: added, told again, given another secret, removed. */
import {AddWebhookEvent, WebhookEvent} from '../elements/admin/events.js'
import {on} from '../elements/common/events.js'

/** @import {Tell} from '../console/words.js' */
/** @import {AdminFrame} from '../elements/admin/admin-frame.js' */
/** @typedef {{said: unknown} | null} Done */

/** What is asked of the server. */
const ASKED = /** @type {const} */ ({
  replay: ['POST', '/replay'],
  secret: ['POST', '/secret'],
  remove: ['DELETE', ''],
})

/**
 * @param {AdminFrame} frame @param {Tell} tell
 * @param {(what: string, method: 'POST' | 'DELETE', path: string, sent?: object) => Promise<Done>} act
 * @param {(secret: string) => void} show is given a secret, this once
 */
export function seeToWebhooks(frame, tell, act, show) {
  /** @param {Done} done */
  const shown = done => done && show(/** @type {{secret: string}} */ (done.said).secret)

  /** @param {AddWebhookEvent} event */
  const add = async ({wanted}) => shown(await act('add-webhook', 'POST', '/webhooks', wanted))

  /** @param {WebhookEvent} event */
  const change = async ({what, webhook, url}) => {
    const agreed = await frame.ask.ask({
      title: tell(`hook.${what}.title`, {url}),
      text: tell(`hook.${what}.text`),
      yes: tell(`hook.${what}`),
      no: tell('leave-it'),
    })
    if (!agreed) return
    const [method, path] = ASKED[what]
    const done = await act(webhook, method, `/webhooks/${webhook}${path}`)
    if (what === 'secret') shown(done)
    else if (done) frame.announce(tell(`hook.${what}.done`, {url}))
  }

  on(frame, AddWebhookEvent, event => void add(event))
  on(frame, WebhookEvent, event => void change(event))
}
