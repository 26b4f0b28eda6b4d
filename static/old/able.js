/**
 * Whether this browser can run the page at all. If it cannot, it goes to a page that says which
 * browsers can (old.html).
 *
 * Rule 1: it stands before all modules, and every browser since 2009 can read it (ECMAScript 5;
 * tests/js/old.test.js).
 * Rule 2: it asks for what the client cannot be without, never for a browser's name.
 * Rule 3: in another site's page it goes to what such a site may show, too (web/framing.py): a few
 * words, and that site is told (old.js).
 */
;(function () {
  var own = document.getElementsByTagName('script')
  var last = own[own.length - 1]
  var place = last ? last.src.replace(/able\.js$/, '') : ''

  /** Each came to browsers in 2024, later than all else that the client needs. */
  function isAble() {
    return (
      'noModule' in document.createElement('script') &&
      'showPopover' in HTMLElement.prototype &&
      'checkVisibility' in Element.prototype &&
      CSS.supports('color', 'light-dark(#000, #fff)')
    )
  }

  function able() {
    try {
      return isAble()
    } catch (fault) {
      return false
    }
  }

  /** Nothing else of this page is read or run. */
  function end() {
    try {
      window.stop()
    } catch (fault) {
      // What cannot stop runs no modules either.
    }
    window.location.replace(window.parent === window ? place + 'old.html' : framed())
  }

  /** Beside the page itself; it keeps the language that was wished for, and no other word. */
  function framed() {
    var wish = /[#&](language=[a-z]{2,3})(?:&|$)/.exec(window.location.hash)
    return window.location.pathname.replace(/\/$/, '') + '/old' + (wish ? '#' + wish[1] : '')
  }

  /** A module that cannot be read: this browser lacks a word that the checks above do not ask for. */
  function misread(/** @type {ErrorEvent} */ event) {
    var empty = !document.querySelector('body > :not(noscript)')
    if (empty && /SyntaxError/.test(String(event.message))) end()
  }

  if (!able()) end()
  else window.addEventListener('error', misread)
})()
