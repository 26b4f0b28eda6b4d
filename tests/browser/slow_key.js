/**
 * Makes what a browser is asked for wait: keys take `milliseconds` to be made.
 */
milliseconds => {
  if (!crypto.subtle) return // an empty page has none
  const make = crypto.subtle.generateKey.bind(crypto.subtle)
  crypto.subtle.generateKey = async (...given) => {
    await new Promise(resolve => setTimeout(resolve, milliseconds))
    return make(...given)
  }
}
