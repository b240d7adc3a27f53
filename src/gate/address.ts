import { BlockList, isIP } from 'node:net'
import type { Context } from 'hono'

/**
 * The address a limit counts by: the connection's own, or the last `X-Forwarded-For` hop that is no trusted proxy.
 * IPv6 is cut to its /64, which is what one household or phone has.
 * Empty where the platform names no connection (a test, a serverless function): all of those share one allowance.
 * @param trusted CIDR ranges of `TRUSTED_PROXIES`
 */
export function addressReader(trusted: readonly string[]): (c: Context) => string {
  const proxies = new BlockList()
  for (const range of trusted) {
    const [net = '', bits] = range.split('/')
    const family = isIP(net) === 6 ? 'ipv6' : 'ipv4'
    proxies.addSubnet(net, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  const isProxy = (address: string) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return c => {
    let address = plain(connectionAddress(c))
    const hops = trusted.length > 0 ? (c.req.header('x-forwarded-for')?.split(',') ?? []) : []
    while (hops.length > 0 && isIP(address) !== 0 && isProxy(address)) {
      const hop = plain(hops.pop()!.trim())
      if (isIP(hop) === 0) break
      address = hop
    }
    return address.includes(':') ? slash64(address) : address
  }
}

/** What @hono/node-server hands in as bindings; its own `getConnInfo` throws where there are none. */
interface NodeBindings {
  incoming?: { socket?: { remoteAddress?: string } }
}

function connectionAddress(c: Context): string {
  return (c.env as NodeBindings | undefined)?.incoming?.socket?.remoteAddress ?? ''
}

/** `::ffff:1.2.3.4` is 1.2.3.4; a port (some proxies write one) and a zone (`%eth0`) are no part of an address. */
function plain(given: string): string {
  if (!given.includes(':')) return given
  const address = given.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}

/** The first four groups, each without leading zeros, so that one network has one spelling. */
function slash64(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const all =
    tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right]
  const network = all.slice(0, 4).map(group => group.replace(/^0+(?=.)/, ''))
  return `${network.join(':')}::/64`
}

/** The /48 of what `addressReader` gives for an IPv6 address; null for any other. */
export function networkOf(address: string): string | null {
  return address.endsWith('::/64') ? `${address.split(':').slice(0, 3).join(':')}::/48` : null
}
