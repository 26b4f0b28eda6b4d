/**
 * Webhooks: where services have themselves told what happens in their rooms.
 *
 * Rule: a secret is shown once, and leaves the page with the first press that says so, or with the page.
 */
import {AddWebhookEvent, WebhookEvent} from './events.js'
import {id, section, stateWord, table} from './layout.js'
import {isNews, redraw} from './redraw.js'
import {Part, button, icon, make, set, unseen, write} from '../common/dom.js'
import {CopyField} from '../common/copy-field.js'
import {listed} from '../../i18n/amounts.js'

/** @import {ServiceKey, Webhook, Webhooks} from '../../console/shapes.js' */
/** @import {Tell, Voice} from '../../console/words.js' */

const KINDS = /** @type {const} */ ([
  'feature.on',
  'feature.off',
  'notice.changed',
  'film.ready',
  'meeting.sealed',
  'erasure.done',
])

export class WebhooksBoard extends Part {
  static tag = 'webhooks-board'
  #voice
  #form
  #url = make('input', {
    name: 'url',
    type: 'url',
    maxlength: 2048,
    autocomplete: 'off',
    dir: 'ltr',
    id: 'webhook-url',
  })
  #key = make('select', {name: 'key', id: 'webhook-key'})
  #add
  #keyless
  #made = make('div', {class: 'key-made', role: 'status'})
  #fault = make('p', {class: 'field-fault', id: 'webhook-fault', role: 'alert', hidden: true})
  #list = make('div', {})
  /** @type {Map<string, string>} */
  #known = new Map()

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    const {tell} = voice
    this.#voice = voice
    this.#add = button(tell('hook.add'), {'data-act': 'add-webhook', type: 'submit'}, 'link')
    this.#keyless = make('p', {class: 'note', hidden: true}, tell('hook.keyless'))
    this.#form = make(
      'form',
      {class: 'key-form', novalidate: true},
      field(tell('hook.url'), 'link', this.#url),
      field(tell('hook.key'), 'key', this.#key),
      kinds(tell),
      this.#fault,
      this.#add,
    )
    this.#form.addEventListener('submit', event => this.#wish(event))
    this.append(
      section(
        {id: 'add-webhook', title: tell('hook.title'), note: tell('hook.note')},
        this.#keyless,
        this.#form,
        this.#made,
      ),
      section({id: 'webhooks', title: tell('hooks.title'), note: tell('hooks.note')}, this.#list),
    )
  }

  /** @param {SubmitEvent} event */
  #wish(event) {
    event.preventDefault()
    if (this.#add.hasAttribute('aria-disabled')) return
    const url = this.#url.value.trim()
    const wrong = url === ''
    set(this.#url, {
      'aria-invalid': wrong ? 'true' : null,
      'aria-describedby': wrong ? this.#fault.id : null,
    })
    write(this.#fault, wrong ? this.#voice.tell('hook.nowhere') : '')
    this.#fault.hidden = !wrong
    if (wrong) return this.#url.focus()
    const events = new FormData(this.#form).getAll('event').map(String)
    this.dispatchEvent(new AddWebhookEvent({key: this.#key.value, url, events}))
  }

  /** A secret, this once. @param {string} secret */
  showSecret(secret) {
    const {tell, say} = this.#voice
    const gone = button(tell('key.kept'), {'data-act': 'secret-kept'})
    gone.addEventListener('click', () => {
      this.#made.replaceChildren()
      this.#url.focus()
    })
    this.#form.reset()
    const label = tell('hook.made')
    const shown = new CopyField(say, {label, value: secret, copy: tell('hook.copy')})
    this.#made.replaceChildren(shown, make('p', {class: 'note'}, tell('hook.once')), gone)
    shown.querySelector('input')?.focus()
  }

  /** @param {{keys: readonly ServiceKey[], webhooks: Webhooks, busy: string | null}} data */
  show({keys, webhooks: {webhooks}, busy}) {
    const {tell} = this.#voice
    const hear = keys.filter(key => key.revoked_at === null && key.scopes.includes('events'))
    set(this.#add, {'aria-disabled': busy === null ? null : 'true'})
    this.#keyless.hidden = hear.length > 0
    this.#form.hidden = hear.length === 0
    if (isNews(this.#known, 'choice', hear)) this.#offer(hear)
    if (!isNews(this.#known, 'webhooks', [webhooks, keys, busy])) return
    const heads = [
      tell('hook.where'),
      tell('hook.whose'),
      tell('hook.hears'),
      tell('hook.state'),
      '',
    ]
    const rows = webhooks.map(each => this.#row(each, keys, busy === each.id))
    redraw(this.#list, table(heads, rows, {empty: tell('hooks.none'), action: tell('action')}))
  }

  /** @param {readonly ServiceKey[]} keys */
  #offer(keys) {
    const chosen = this.#key.value
    const options = keys.map(({id, name}) => make('option', {value: id}, `${name} (${id})`))
    this.#key.replaceChildren(...options)
    if (keys.some(({id}) => id === chosen)) this.#key.value = chosen
  }

  /** @param {Webhook} webhook @param {readonly ServiceKey[]} keys @param {boolean} busy */
  #row(webhook, keys, busy) {
    const {tell, language} = this.#voice
    const whose = keys.find(({id}) => id === webhook.key)?.name ?? webhook.key
    const all = webhook.events.length === KINDS.length
    return [
      make('div', {}, make('bdi', {class: 'address'}, webhook.url), ' ', id(webhook.id)),
      make('bdi', {}, whose),
      all
        ? tell('hook.all')
        : listed(
            language,
            webhook.events.map(kind => tell(`event.${kind}`)),
          ),
      this.#standing(webhook),
      make(
        'div',
        {class: 'acts'},
        webhook.parked > 0 ? this.#act('replay', webhook, busy) : null,
        this.#act('secret', webhook, busy),
        this.#act('remove', webhook, busy),
      ),
    ]
  }

  /** @param {Webhook} webhook */
  #standing({waiting, parked, said}) {
    const {tell, language} = this.#voice
    const count = new Intl.NumberFormat(language)
    const why = said === null ? '' : tell('hook.said', {said})
    if (parked > 0)
      return stateWord('fault', `${tell('hook.parked', {count: count.format(parked)})} ${why}`)
    if (waiting > 0)
      return stateWord('waiting', `${tell('hook.waiting', {count: count.format(waiting)})} ${why}`)
    return stateWord('well', tell('hook.taken'))
  }

  /** @param {'replay' | 'secret' | 'remove'} what @param {Webhook} webhook @param {boolean} busy */
  #act(what, webhook, busy) {
    const act = button(this.#voice.tell(`hook.${what}`), {
      'data-size': 'small',
      'data-key': `${what} ${webhook.id}`,
      'aria-disabled': busy ? 'true' : null,
    })
    act.append(unseen(` ${webhook.url}`))
    act.addEventListener('click', () => {
      if (!act.hasAttribute('aria-disabled'))
        this.dispatchEvent(new WebhookEvent(what, webhook.id, webhook.url))
    })
    return act
  }
}

/** @param {string} name @param {string} drawn @param {HTMLElement} input */
const field = (name, drawn, input) =>
  make(
    'label',
    {class: 'field'},
    make('span', {class: 'field-name'}, name),
    make('span', {class: 'entry'}, icon(drawn), input, drawn === 'key' ? icon('down') : null),
  )

/** @param {Tell} tell */
const kinds = tell =>
  make(
    'fieldset',
    {class: 'scopes'},
    make('legend', {}, tell('hook.hears')),
    make('p', {class: 'note'}, tell('hook.hears.note')),
    ...KINDS.map(kind =>
      make(
        'label',
        {},
        make('input', {type: 'checkbox', name: 'event', value: kind}),
        make('span', {}, tell(`event.${kind}`)),
      ),
    ),
  )
