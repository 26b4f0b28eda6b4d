/**
 * Says when this machine has come back to a network, or has changed from one to another.
 */

/** @param {() => void} changed @returns {() => void} what stops listening */
export function watchNetwork(changed) {
  const over = new AbortController()
  const {signal} = over
  globalThis.addEventListener('online', changed, {signal})
  const connection = networkInformation()
  if (connection) {
    let kind = kindOf(connection)
    // It also fires on every new estimate of the round trip: only another kind of network counts.
    const compare = () => {
      if (kind === kindOf(connection)) return
      kind = kindOf(connection)
      changed()
    }
    connection.addEventListener('change', compare, {signal})
  }
  return () => over.abort()
}

/** @returns {EventTarget | null} Chromium's NetworkInformation */
function networkInformation() {
  const found = 'connection' in navigator ? navigator.connection : null
  return found instanceof EventTarget ? found : null
}

/** @param {EventTarget} connection @returns {unknown} */
function kindOf(connection) {
  return 'type' in connection ? connection.type : null
}
