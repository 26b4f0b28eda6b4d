/**
 * How an answer looks: everything by which one could be made more tempting than another.
 * Colours are read back from a pixel, whatever notation they are written in.
 */
button => {
  const pixel = (...colours) => {
    const pen = new OffscreenCanvas(1, 1).getContext('2d')
    for (const colour of colours) {
      pen.fillStyle = colour
      pen.fillRect(0, 0, 1, 1)
    }
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }
  const grounds = node => {
    const own = getComputedStyle(node).backgroundColor
    return [...(node.parentElement ? grounds(node.parentElement) : ['Canvas']), own]
  }
  const luminance = ([...rgb]) => {
    const [red, green, blue] = rgb.map(value => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const style = getComputedStyle(button)
  const ground = pixel(...grounds(button))
  const around = pixel(...grounds(button.parentElement))
  const {x, y, width, height} = button.getBoundingClientRect()
  const start = style.direction === 'rtl' ? innerWidth - x - width : x
  const icon = button.querySelector('svg')
  const text = [...button.querySelectorAll('*')].filter(node => node.closest('svg') === null).at(-1)
  const fonts = [button, ...button.querySelectorAll('span, b')].map(node => {
    const {fontFamily, fontSize, fontWeight, fontStyle, textTransform, letterSpacing} =
      getComputedStyle(node)
    return [fontFamily, fontSize, fontWeight, fontStyle, textTransform, letterSpacing].join(' ')
  })
  return {
    box: {x, y, width, height},
    start,
    contrast: contrast(pixel(...grounds(button), getComputedStyle(text ?? button).color), ground),
    edge: contrast(pixel(...grounds(button.parentElement), style.borderTopColor), around),
    like: {
      tag: button.tagName,
      role: button.getAttribute('role'),
      fonts: [...new Set(fonts)].sort(),
      border: [style.borderWidth, style.borderStyle, style.borderColor, style.borderRadius],
      background: [style.backgroundColor, style.backgroundImage],
      colour: style.color,
      shadow: style.boxShadow,
      outline: style.outlineStyle,
      opacity: style.opacity,
      padding: style.padding,
      decoration: style.textDecorationLine,
      cursor: style.cursor,
      icon: icon && [
        icon.getBoundingClientRect().width,
        icon.getBoundingClientRect().height,
        getComputedStyle(icon).strokeWidth,
        getComputedStyle(icon).color,
        getComputedStyle(icon).opacity,
      ],
    },
    drawing: icon?.querySelector('use')?.getAttribute('href') ?? null,
    pressed: button.getAttribute('aria-pressed'),
  }
}
