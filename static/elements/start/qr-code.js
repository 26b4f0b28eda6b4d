/** The invitation for a camera: beside its words, and as large as the window for a whole room. */
import {Part, button, icon, make} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */

export class QrCode extends Part {
  static tag = 'qr-code'

  /** @param {Say} say @param {{title: string, invitation: string, drawing: string}} room `drawing`: where that is */
  constructor(say, {title, invitation, drawing}) {
    super()
    const picture = () =>
      make('img', {class: 'qr-drawing', src: drawing, alt: say('qr.alt'), width: 41, height: 41})
    const large = make(
      'dialog',
      {class: 'qr-large', 'aria-label': say('qr.title')},
      make('p', {class: 'qr-room', dir: 'auto'}, title),
      picture(),
      make('p', {class: 'qr-link', dir: 'ltr'}, invitation),
    )
    const shut = button(say('room.close'), {'data-act': 'shut-qr'}, 'close')
    const enlarge = button(
      say('qr.enlarge'),
      {'data-size': 'small', 'aria-haspopup': 'dialog'},
      'full',
    )
    enlarge.addEventListener('click', () => large.showModal())
    shut.addEventListener('click', () => large.close())
    large.append(shut)
    this.append(
      picture(),
      make(
        'div',
        {},
        make('h3', {}, say('qr.title')),
        make('p', {class: 'note'}, say('qr.note')),
        make(
          'div',
          {class: 'qr-acts'},
          enlarge,
          make(
            'a',
            {
              class: 'button',
              'data-size': 'small',
              href: drawing,
              download: 'invitation.svg',
              'aria-label': say('qr.save.label'),
            },
            icon('save'),
            make('span', {}, say('qr.save')),
          ),
        ),
      ),
      large,
    )
  }
}
