import type { Context } from 'hono'
import { describe, expect, test } from 'vitest'
import { addressReader } from '../../src/gate/address.ts'

function from(remoteAddress: string | undefined, forwarded?: string): Context {
  return {
    env: { incoming: { socket: { remoteAddress } } },
    req: { header: (name: string) => (name === 'x-forwarded-for' ? forwarded : undefined) },
  } as unknown as Context
}

describe('the address a limit counts by', () => {
  const direct = addressReader([])
  const proxied = addressReader(['10.0.0.0/8', '192.0.2.7', 'fd00::/8'])

  const cases: [
    what: string,
    read: (c: Context) => string,
    connection: string,
    header: string | undefined,
    expected: string,
  ][] = [
    ['a connection', direct, '203.0.113.9', undefined, '203.0.113.9'],
    ['an IPv4 address mapped into IPv6', direct, '::ffff:203.0.113.9', undefined, '203.0.113.9'],
    ['an IPv6 network', direct, '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['a short IPv6 address', direct, '2001:db8::1', undefined, '2001:db8:0:0::/64'],
    ['loopback', direct, '::1', undefined, '0:0:0:0::/64'],
    ['a link-local address with a zone', direct, 'fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
    [
      'another spelling of the same network',
      direct,
      '2001:0DB8:0001:0002::9',
      undefined,
      '2001:db8:1:2::/64',
    ],
    ['a header that nobody may be believed for', direct, '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a header from a stranger', proxied, '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a header from a trusted proxy', proxied, '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['two trusted proxies', proxied, '10.1.2.3', '198.51.100.1, 192.0.2.7', '198.51.100.1'],
    ['what the client wrote before the proxy', proxied, '10.1.2.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['a header that is no address', proxied, '10.1.2.3', 'unknown', '10.1.2.3'],
    ['nonsense behind a trusted hop', proxied, '10.1.2.3', 'x, 10.9.9.9', '10.9.9.9'],
    ['a trusted proxy with nothing to say', proxied, '10.1.2.3', undefined, '10.1.2.3'],
    ['an address with a port', proxied, '10.1.2.3', '198.51.100.1:50312', '198.51.100.1'],
    ['an IPv6 address with a port', proxied, '10.1.2.3', '[2001:db8:1:2::3]:443', '2001:db8:1:2::/64'],
    ['an IPv6 proxy', proxied, 'fd00::5', '2001:db8:1:2::3', '2001:db8:1:2::/64'],
  ]
  test.each(cases)('%s', (_, read, connection, header, expected) => {
    expect(read(from(connection, header))).toBe(expected)
  })

  test('is empty where the platform names no connection', () => {
    expect(direct({ env: undefined, req: { header: () => undefined } } as unknown as Context)).toBe('')
    expect(direct({ env: {}, req: { header: () => undefined } } as unknown as Context)).toBe('')
  })
})
