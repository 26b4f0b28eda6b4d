/**
 * Holds back every device that a page asks for while `late.held` is true, as a slow camera, an
 * open permission prompt or an open share dialog does, and keeps every track that came.
 */
() => {
  if (!navigator.mediaDevices) return // an empty page has none
  const late = {
    held: false,
    asked: 0,
    given: 0,
    tracks: [],
    live: () => late.tracks.filter(({readyState}) => readyState === 'live').map(({kind}) => kind),
    release: () => {
      late.held = false
      for (const go of waiting.splice(0)) go()
    },
  }
  const waiting = []
  globalThis.late = late
  for (const name of ['getUserMedia', 'getDisplayMedia']) {
    let real = navigator.mediaDevices[name]
    const asked = async wanted => {
      late.asked += 1
      if (late.held) await new Promise(resolve => waiting.push(resolve))
      const stream = await real.call(navigator.mediaDevices, wanted)
      late.tracks.push(...stream.getTracks())
      setTimeout(() => (late.given += 1)) // after the page has had it
      return stream
    }
    // Whoever replaces the devices before or after this replaces what is behind it.
    Object.defineProperty(navigator.mediaDevices, name, {
      get: () => asked,
      set: replacement => (real = replacement),
    })
  }
}
