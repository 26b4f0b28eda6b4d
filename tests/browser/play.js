/** Plays a film, as fast as it goes; how that ended. */
url => new Promise(resolve => {
  const video = document.createElement('video')
  video.muted = true
  video.defaultPlaybackRate = 8
  video.src = url
  for (const how of ['ended', 'error'])
    video.addEventListener(how, () => resolve(video.error?.message ?? how))
  document.body.append(video)
  video.play().catch(refusal => resolve(refusal.message))
})
