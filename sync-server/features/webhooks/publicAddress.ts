import { lookup as resolve } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

/** What the IANA special-purpose registries keep from the public Internet, cloud metadata addresses included. */
const notPublic4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Inside 2000::/3, the only public unicast there is: protocols that carry IPv4 addresses, documentation, benchmarks. */
const notPublic6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const blocked4 = new BlockList();
for (const [network, prefix] of notPublic4) blocked4.addSubnet(network, prefix, 'ipv4');
const blocked6 = new BlockList();
for (const [network, prefix] of notPublic6) blocked6.addSubnet(network, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** Whether the address may be that of a server on the public Internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blocked4.check(address, 'ipv4');
  return family === 6 && global6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6');
}

/** A name that leads to an address inside, or an address inside itself. */
export class PrivateAddressError extends Error {
  constructor(host: string, address: string) {
    const where = host === address ? host : `${host} (${address})`;
    super(
      `${where} is an address inside a private network; webhooks go to public addresses only, unless the server is started with --webhook-allow-private yes`,
    );
    this.name = 'PrivateAddressError';
  }
}

/**
 * Resolves names for sockets and answers public addresses only. It is the socket's own resolution, so that what was checked
 * is what is connected to. Addresses written as numbers are not resolved: check those with `isPublicAddress`.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) {
      callback(error, '', 4);
      return;
    }
    const open = addresses.filter((one) => isPublicAddress(one.address));
    const [first] = open;
    if (!first) callback(new PrivateAddressError(hostname, addresses[0]?.address ?? hostname), '', 4);
    else if (options.all) callback(null, open);
    else callback(null, first.address, first.family);
  });
};
