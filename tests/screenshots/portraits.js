/**
 * A drawn person in front of a wall, and a drawn table of offers as their screen, in place of
 * the plain colours of the other tests. Drawn again and again, so that no encoder saves on them.
 */
own => {
  if (!navigator.mediaDevices) return // an empty page has none
  const FRAMES_PER_SECOND = 5

  const oval = (pen, colour, x, y, across, down) => {
    pen.fillStyle = colour
    pen.beginPath()
    pen.ellipse(x, y, across, down, 0, 0, 2 * Math.PI)
    pen.fill()
  }
  const line = (pen, ...curves) => {
    pen.lineWidth = 5
    pen.lineCap = 'round'
    pen.strokeStyle = own.line
    for (const [x, y, across, down] of curves) {
      pen.beginPath()
      pen.moveTo(x - across, y)
      pen.quadraticCurveTo(x, y + down, x + across, y)
      pen.stroke()
    }
  }
  const person = pen => {
    const wall = pen.createLinearGradient(0, 0, 640, 360)
    wall.addColorStop(0, own.wall[0])
    wall.addColorStop(1, own.wall[1])
    pen.fillStyle = wall
    pen.fillRect(0, 0, 640, 360)
    pen.fillStyle = own.window
    pen.fillRect(own.at, 36, 116, 168)
    pen.fillStyle = own.wall[0]
    pen.fillRect(own.at + 54, 36, 8, 168)
    oval(pen, own.hair, 320, 150, own.width, own.height)
    pen.fillStyle = own.skin
    pen.fillRect(288, 210, 64, 70)
    oval(pen, own.shirt, 320, 392, 190, 128)
    oval(pen, own.skin, 320, 268, 34, 24)
    oval(pen, own.skin, 320, 160, 66, 82)
    line(pen, [294, 156, 11, -9], [346, 156, 11, -9], [320, 196, 22, 18])
  }
  const table = pen => {
    pen.fillStyle = '#f6f7f4'
    pen.fillRect(0, 0, 1280, 720)
    pen.fillStyle = '#24505a'
    pen.fillRect(0, 0, 1280, 92)
    const offers = [[520, '#3c7a86'], [820, '#d9a441'], [640, '#8b6fae']]
    offers.forEach(([width, colour], row) => {
      pen.fillStyle = '#dfe4e1'
      pen.fillRect(80, 170 + 170 * row, 1120, 96)
      pen.fillStyle = colour
      pen.fillRect(80, 170 + 170 * row, width, 96)
    })
    pen.fillStyle = '#c7ceca'
    for (let x = 360; x < 1200; x += 280) pen.fillRect(x, 140, 3, 520)
  }
  const track = (width, height, draw) => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, {width, height})
    const pen = canvas.getContext('2d', {alpha: false})
    draw(pen)
    const [made] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks()
    const drawing = setInterval(() => {
      if (made.readyState === 'ended') clearInterval(drawing)
      else draw(pen)
    }, 1000 / FRAMES_PER_SECOND)
    return made
  }

  const others = navigator.mediaDevices.getUserMedia
  navigator.mediaDevices.getUserMedia = async wanted => {
    const sound = wanted.audio ? await others({audio: wanted.audio}) : new MediaStream()
    if (wanted.video) sound.addTrack(track(640, 360, person))
    return sound
  }
  const known = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices)
  const called = {audioinput: 'USB microphone', audiooutput: 'Speakers', videoinput: 'USB camera'}
  navigator.mediaDevices.enumerateDevices = async () =>
    (await known()).map(({deviceId, groupId, kind}) => ({deviceId, groupId, kind, label: called[kind]}))
  navigator.mediaDevices.getDisplayMedia = async () =>
    new MediaStream([track(1280, 720, table)])
}
