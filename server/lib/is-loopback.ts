import { BlockList, isIP } from 'node:net'

/**
 * Whether a host name of an address can only mean this machine: `localhost` and what ends in it (RFC 6761),
 * 127.0.0.0/8, ::1. Nothing is looked up, so a name that happens to point here is not loopback.
 *
 * @param host as `URL.hostname` gives it; IPv6 with or without brackets.
 */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  const family = isIP(bare)
  if (family === 0) return bare === 'localhost' || bare.endsWith('.localhost')
  return loopback.check(bare, family === 6 ? 'ipv6' : 'ipv4')
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')
