/**
 * How much of a node takes a press just now, from 0 to 1: its middle and a point near each
 * corner are hit.
 */
node => {
  const {x, y, width, height} = node.getBoundingClientRect()
  const spots = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]]
  const hit = ([across, down]) =>
    document.elementFromPoint(x + across * (width - 1), y + down * (height - 1))
  return spots.filter(spot => node.contains(hit(spot))).length / spots.length
}
