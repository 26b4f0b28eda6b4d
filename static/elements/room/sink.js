/** Which speaker something is heard from. */

/** @param {HTMLMediaElement} heard @param {string} speaker a device id, or '' for the standard one */
export function sink(heard, speaker) {
  // A speaker that was unplugged: the browser's own choice is the best that is left.
  if (speaker !== '' && 'setSinkId' in heard) heard.setSinkId(speaker).catch(() => {})
}
