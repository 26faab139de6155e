import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Which machines in front of the server are believed when they say for whom they ask. */
export interface TrustedProxies {
  trusts: (address: string) => boolean;
  /** Where a request comes from: the nearest address that is no trusted proxy. '' = the line is gone. */
  addressOf: (request: IncomingMessage) => string;
}

/** Why an entry of the list is none; undefined = it is one. */
export function proxyProblem(entry: string): string | undefined {
  const [address = '', bits, ...rest] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return `"${entry}" is neither an address nor a network such as 10.0.0.0/8`;
  if (bits === undefined) return undefined;
  const most = family === 4 ? 32 : 128;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most ? undefined : `"${entry}" has no prefix of 0 to ${most} bits`;
}

/** `entries`: addresses and networks (CIDR) for which `proxyProblem` finds nothing. */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  const trusts = (given: string): boolean => {
    const address = plain(given);
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
  return {
    trusts,
    addressOf: (request) => {
      const near = plain(request.socket.remoteAddress ?? '');
      // Every proxy adds to the end whom it got the request from; what is further left is only somebody's word.
      const told = [request.headers['x-forwarded-for'] ?? ''].flat().join(',').split(',');
      let address = near;
      for (const next of told.map((one) => plain(one.trim())).toReversed()) {
        if (!trusts(address) || isIP(next) === 0) break;
        address = next;
      }
      return address;
    },
  };
}

/** An IPv4 address that came as an IPv6 one, by itself. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}
