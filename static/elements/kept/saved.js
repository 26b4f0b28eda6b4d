/** The address under which the server gives a file a name, so that it is saved and not shown. @param {string} url */
export function saved(url) {
  const address = new URL(url, location.origin)
  address.searchParams.set('download', '1')
  return `${address.pathname}${address.search}`
}
