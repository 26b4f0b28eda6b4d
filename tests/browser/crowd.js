/**
 * A room of as many people as one likes, in one page: the real elements, given a made-up view and
 * drawn pictures, since twelve browsers are too many for one machine. Nothing is sent.
 *
 * Leaves `crowd`: `crowd.show(wish)` shows the room so, and what is not wished stays as it is.
 * `crowd.small(true)` shows in its place what is in the room's small window. `crowd.anew(language,
 * names)` is as at first, in any language, without a load of the page.
 */
;async ({room, language, names, own}) => {
  const load = path => import(`/static/${path}.js`)
  const [events, rooms, smalls, texts, notices, views, prefer, device, full, sound] = await Promise.all(
    [
      'elements/common/events',
      'elements/room/meeting-room',
      'elements/room/small-room',
      'i18n/words',
      'room/notices',
      'room/view',
      'browser/preferences',
      'rtc/devices',
      'browser/fullscreen',
      'rtc/sound-check',
    ].map(load),
  )
  const {presses} = await load('elements/common/press-guard')
  presses.watch()
  const SKINS = ['#e6b696', '#7a4a33', '#b9814f', '#e8c4a4', '#5b3a28', '#d9a27c']
  const oval = (pen, colour, x, y, across, down) => {
    pen.fillStyle = colour
    pen.beginPath()
    pen.ellipse(x, y, across, down, 0, 0, 2 * Math.PI)
    pen.fill()
  }
  const face = index => pen => {
    const hue = (index * 47 + 20) % 360
    pen.fillStyle = `hsl(${hue} 28% ${index % 2 ? 62 : 40}%)`
    pen.fillRect(0, 0, 640, 360)
    pen.fillStyle = `hsl(${hue} 24% ${index % 2 ? 74 : 52}%)`
    pen.fillRect(index % 3 ? 40 : 480, 36, 116, 168)
    oval(pen, `hsl(${(hue + 160) % 360} 25% 18%)`, 320, 150, 84, 104)
    pen.fillStyle = SKINS[index % SKINS.length]
    pen.fillRect(288, 210, 64, 70)
    oval(pen, `hsl(${(hue + 200) % 360} 40% 45%)`, 320, 392, 190, 128)
    oval(pen, SKINS[index % SKINS.length], 320, 268, 34, 24)
    oval(pen, SKINS[index % SKINS.length], 320, 160, 66, 82)
    oval(pen, '#221510', 296, 152, 7, 5)
    oval(pen, '#221510', 344, 152, 7, 5)
    oval(pen, '#8c4a3c', 320, 202, 22, 6)
  }
  const page = index => pen => {
    pen.fillStyle = '#f6f7f4'
    pen.fillRect(0, 0, 1280, 720)
    pen.fillStyle = `hsl(${190 + 60 * index} 42% 25%)`
    pen.fillRect(0, 0, 1280, 92)
    pen.fillStyle = '#26333a'
    pen.font = '36px sans-serif'
    for (let row = 0; row < 9; row += 1)
      pen.fillText(`${row + 1}. 2026-0${row + 1}-14   €${1240 + 310 * row}.00`, 90, 170 + 62 * row)
  }
  const drawn = (width, height, draw) => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, {width, height})
    const pen = canvas.getContext('2d', {alpha: false})
    draw(pen)
    const stream = canvas.captureStream(1)
    draw(pen)
    return stream
  }
  const cameras = names.map((_, index) => drawn(640, 360, face(index)))
  const pages = names.map((_, index) => index < 4 && drawn(1280, 720, page(index)))
  const copies = stream => stream.getVideoTracks().map(track => track.clone())
  const silence = () => {
    const context = new AudioContext()
    void context.suspend()
    return new MediaStreamAudioDestinationNode(context).stream.getTracks()
  }
  navigator.mediaDevices.getUserMedia = async ({audio, video}) =>
    new MediaStream([...(audio ? silence() : []), ...(video ? copies(cameras[own]) : [])])
  navigator.mediaDevices.getDisplayMedia = async () => new MediaStream(copies(pages[own]))

  const facts = await (await fetch(`/api/rooms/${room}`)).json()
  const memory = new Map()
  const preferences = new prefer.Preferences({
    get: key => memory.get(key) ?? null,
    set: (key, value) => memory.set(key, value),
  })
  const devices = new device.Devices()
  const check = new sound.SoundCheck(devices)
  await devices.start()
  const FIRST = {
    people: 4,
    screens: [],
    on: [],
    speaker: null,
    hands: [],
    away: [],
    muted: [],
    unseen: [],
    captions: false,
    asked: null,
    lines: {},
  }
  const wish = {...FIRST}
  let spoken = names
  const person = index => ({
    id: `p${index}`,
    name: spoken[index],
    host: index === 0,
    present: !wish.away.includes(index),
    hand: wish.hands.includes(index),
    media: {
      microphone: !wish.muted.includes(index),
      camera: !wish.unseen.includes(index),
      screen: wish.screens.includes(index),
      screen_audio: false,
    },
  })
  let shown = []
  let element = null
  let small = null
  const anew = async (language, names) => {
    await texts.loadWords(language)
    document.documentElement.lang = language
    document.documentElement.dir = texts.directionOf(language)
    spoken = names
    Object.assign(wish, FIRST)
    memory.clear()
    shown = notices.noticesIn(facts, language)
    element = new rooms.MeetingRoom(texts.words(language), {
      language,
      facts,
      notices: shown,
      changes: notices.changesOf(facts, language, new Map(), facts),
      host: own === 0,
      link: location.href,
      hostLinkOf: () => location.href,
      canShare: true,
      small: true,
      calls: true,
    })
    small = new smalls.SmallRoom(texts.words(language), {language, notices: shown})
    document.body.replaceChildren(element)
    draw()
  }
  const draw = () => {
    const people = spoken.slice(0, wish.people).map((_, index) => person(index))
    const since = '2026-12-08T08:42:00Z'
    const features = shown.map(({feature}) => feature)
    const view = {
      ...views.initial(features),
      phase: 'open',
      you: `p${own}`,
      people,
      screens: wish.screens.map(index => `p${index}`),
      asks: wish.asked === null ? [] : [wish.asked],
      signs: Object.fromEntries(
        features.map(each =>
          wish.on.includes(each) ? [each, {on: true, since}] : [each, {on: false, since: null}],
        ),
      ),
    }
    const streams = new Map(
      people.map(({id, media}, index) => [
        id,
        {camera: media.camera ? cameras[index] : null, screen: media.screen ? pages[index] : null},
      ]),
    )
    const at = index => (index === null ? null : `p${index}`)
    const lines = Object.entries(wish.lines).map(([index, line]) => [`p${index}`, line])
    const scene = {
      view,
      streams,
      lines: new Map(lines),
      devices,
      preferences,
      check,
      small: false,
      captions: wish.captions,
      speaker: at(wish.speaker),
      spotlight: at(wish.spotlight ?? wish.speaker ?? (own === 0 ? 1 : 0)),
      full: full.fills(),
      trouble: null,
    }
    element.show(scene)
    if (small.isConnected) small.show(scene)
  }
  events.on(document, events.TabEvent, draw)
  events.on(document, events.PreferEvent, ({preference, value}) =>
    preferences.set(preference, value),
  )
  events.on(document, events.FullEvent, () => full.toggleFull())
  events.on(document, events.SourceEvent, ({source}) => devices.toggle(source))
  for (const [target, type] of [
    [preferences, 'change'],
    [devices, 'change'],
    [document, 'fullscreenchange'],
  ])
    target.addEventListener(type, draw)
  globalThis.crowd = {
    anew,
    features: facts.features.map(({id}) => id),
    show: next => {
      Object.assign(wish, next)
      draw()
    },
    prefer: (preference, value) => preferences.set(preference, value),
    small: shows => {
      document.body.replaceChildren(shows ? small : element)
      draw()
    },
    share: () => devices.toggle('screen'),
    open: tab => element.open(tab),
  }
  await anew(language, names)
}
