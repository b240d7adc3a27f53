/**
 * Whether cookies carry `Secure`: always, except where BASE_URL is plain http on a host that is not loopback, since
 * there browsers would drop them. (Loopback counts as secure; Safari before 18 disagrees, and the tracker falls back.)
 */
export function secureCookies(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl)
  return protocol === 'https:' || /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname)
}
