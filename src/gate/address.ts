import { BlockList, isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * The address a limit counts by: the connection's own, or the last `X-Forwarded-For` hop that is no trusted proxy.
 * IPv6 is cut to its /64, which is what one household or phone has.
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
    let address = plain(getConnInfo(c).remote.address ?? '')
    const hops = trusted.length > 0 ? (c.req.header('x-forwarded-for')?.split(',') ?? []) : []
    while (hops.length > 0 && isIP(address) !== 0 && isProxy(address)) {
      const hop = plain(hops.pop()!.trim())
      if (isIP(hop) === 0) break
      address = hop
    }
    return isIP(address) === 6 ? slash64(address) : address
  }
}

/** `::ffff:1.2.3.4` is 1.2.3.4; a zone (`%eth0`) is no part of an address. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}

function slash64(address: string): string {
  const [head = '', tail] = address.split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const all =
    tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right]
  return `${all.slice(0, 4).join(':')}::/64`
}
