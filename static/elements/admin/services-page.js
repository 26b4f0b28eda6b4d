/**
 * Services: programs that may call the API. Their keys are made here, and revoked.
 *
 * Rule: a key is shown once, and leaves the page with the first press that says so, or with the page.
 */
import {MakeKeyEvent, RevokeKeyEvent} from './events.js'
import {id, pageHead, section, stateWord, table} from './layout.js'
import {isNews, redraw} from './redraw.js'
import {WebhooksBoard} from './webhooks-board.js'
import {Part, button, icon, make, set, unseen, write} from '../common/dom.js'
import {CopyField} from '../common/copy-field.js'
import {listed} from '../../i18n/amounts.js'
import {dated} from '../../i18n/when.js'

/** @import {ServiceKey, ServiceKeys, Webhooks} from '../../console/shapes.js' */
/** @import {Tell, Voice} from '../../console/words.js' */

const SCOPES = /** @type {const} */ (['rooms', 'entries', 'presence', 'permits', 'media', 'events'])

export class ServicesPage extends Part {
  static tag = 'services-page'
  #voice
  #form
  #name = make('input', {
    name: 'name',
    dir: 'auto',
    maxlength: 100,
    autocomplete: 'off',
    id: 'service-name',
  })
  #origins = make('input', {
    name: 'origins',
    autocomplete: 'off',
    spellcheck: 'false',
    dir: 'ltr',
    id: 'service-origins',
    'aria-describedby': 'service-origins-note',
  })
  #make
  #closed
  #made = make('div', {class: 'key-made', role: 'status'})
  #fault = make('p', {class: 'field-fault', id: 'service-fault', role: 'alert', hidden: true})
  #list = make('div', {})
  /** Where they have themselves told what happens. */
  webhooks
  /** @type {Map<string, string>} */
  #known = new Map()

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    const {tell} = voice
    this.#voice = voice
    this.webhooks = new WebhooksBoard(voice)
    this.#make = button(tell('key.make'), {'data-act': 'make-key', type: 'submit'}, 'key')
    this.#closed = make('p', {class: 'note', hidden: true}, tell('services.closed'))
    this.#form = make(
      'form',
      {class: 'key-form', novalidate: true},
      make(
        'label',
        {class: 'field'},
        make('span', {class: 'field-name'}, tell('key.name')),
        make('span', {class: 'entry'}, icon('person'), this.#name),
      ),
      scopes(tell),
      this.#framing(tell),
      this.#fault,
      this.#make,
    )
    this.#form.addEventListener('submit', event => this.#wish(event))
    this.append(
      pageHead(tell('services.title'), tell('services.note')),
      make(
        'div',
        {class: 'boards'},
        section(
          {id: 'make-key', title: tell('key.title'), note: tell('key.note')},
          this.#closed,
          this.#form,
          this.#made,
        ),
        section({id: 'keys', title: tell('keys.title'), note: tell('keys.note')}, this.#list),
        this.webhooks,
      ),
    )
  }

  /** Whose pages may show its rooms. @param {Tell} tell */
  #framing(tell) {
    return make(
      'div',
      {},
      make(
        'label',
        {class: 'field'},
        make('span', {class: 'field-name'}, tell('key.origins')),
        make('span', {class: 'entry'}, icon('globe'), this.#origins),
      ),
      make('p', {class: 'note', id: 'service-origins-note'}, tell('key.origins.note')),
    )
  }

  /** @param {SubmitEvent} event */
  #wish(event) {
    event.preventDefault()
    if (this.#make.hasAttribute('aria-disabled')) return
    const {tell} = this.#voice
    const name = this.#name.value.trim()
    const wanted = new FormData(this.#form).getAll('scope').map(String)
    set(this.#name, {
      'aria-invalid': name === '' ? 'true' : null,
      'aria-describedby': name === '' ? this.#fault.id : null,
    })
    const origins = this.#origins.value.split(/[\s,]+/).filter(Boolean)
    const wrong =
      name === ''
        ? 'key.nameless'
        : wanted.length === 0
          ? 'key.scopeless'
          : origins.every(isOrigin)
            ? null
            : 'key.origins.wrong'
    this.#complain(wrong === null ? '' : tell(wrong))
    if (name === '') this.#name.focus()
    if (wrong === null) this.dispatchEvent(new MakeKeyEvent(name, wanted, origins))
  }

  /** @param {string} text */
  #complain(text) {
    write(this.#fault, text)
    this.#fault.hidden = text === ''
  }

  /** A key, this once. @param {string} key */
  showKey(key) {
    const {tell, say} = this.#voice
    const gone = button(tell('key.kept'), {'data-act': 'key-kept'})
    gone.addEventListener('click', () => {
      this.#made.replaceChildren()
      this.#name.focus()
    })
    this.#form.reset()
    const label = tell('key.made')
    const field = new CopyField(say, {label, value: key, copy: tell('key.copy')})
    this.#made.replaceChildren(field, make('p', {class: 'note'}, tell('key.once')), gone)
    field.querySelector('input')?.focus()
  }

  /** @param {{services: ServiceKeys, webhooks: Webhooks, busy: string | null}} data */
  show({services: {open, keys}, webhooks, busy}) {
    this.webhooks.show({keys, webhooks, busy})
    const {tell} = this.#voice
    this.#closed.hidden = open
    set(this.#make, {'aria-disabled': busy === null ? null : 'true'})
    if (!isNews(this.#known, 'keys', [keys, busy])) return
    const heads = [
      tell('key.whose'),
      tell('key.scopes'),
      tell('key.since'),
      tell('key.used'),
      tell('key.state'),
      '',
    ]
    const rows = keys.map(key => this.#row(key, busy === key.id))
    redraw(this.#list, table(heads, rows, {empty: tell('keys.none'), action: tell('action')}))
  }

  /** @param {ServiceKey} key @param {boolean} busy */
  #row(key, busy) {
    const {tell, language} = this.#voice
    const day = new Intl.DateTimeFormat(dated(language), {dateStyle: 'medium', timeZone: 'UTC'})
    const over = key.revoked_at !== null
    const revoke = button(tell('key.revoke'), {
      'data-size': 'small',
      'data-key': `revoke ${key.id}`,
      'aria-disabled': busy ? 'true' : null,
    })
    revoke.append(unseen(` ${key.name}`))
    revoke.addEventListener('click', () => {
      if (!revoke.hasAttribute('aria-disabled'))
        this.dispatchEvent(new RevokeKeyEvent(key.id, key.name))
    })
    return [
      make('div', {}, make('bdi', {}, key.name), ' ', id(key.id)),
      make(
        'div',
        {},
        listed(
          language,
          key.scopes.map(scope => tell(`scope.${scope}`)),
        ),
        ...key.origins.map(origin => make('div', {}, make('bdi', {}, origin))),
      ),
      day.format(new Date(key.made_at)),
      key.last_used_on === null ? tell('key.never') : day.format(new Date(key.last_used_on)),
      stateWord(over ? 'off' : 'on', tell(over ? 'key.revoked' : 'key.good')),
      over ? '' : revoke,
    ]
  }
}

/** As far as a page can tell; the server looks closer. @param {string} text */
const isOrigin = text => URL.canParse(text) && new URL(text).origin === text.toLowerCase()

/** @param {Tell} tell */
const scopes = tell =>
  make(
    'fieldset',
    {class: 'scopes'},
    make('legend', {}, tell('key.may')),
    ...SCOPES.map(scope =>
      make(
        'label',
        {},
        make('input', {type: 'checkbox', name: 'scope', value: scope}),
        make('span', {}, tell(`scope.${scope}`), make('small', {}, tell(`scope.${scope}.text`))),
      ),
    ),
  )
