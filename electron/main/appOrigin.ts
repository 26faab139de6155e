import { parseAddress } from './parseAddress.ts';

/** The console's pages come from this scheme and host only. */
export const appScheme = 'app';
const appHost = 'steward';
export const appOrigin = `${appScheme}://${appHost}`;

/** Whether an address is a page of the console itself. */
export function isOwnPage(address: string): boolean {
  const url = parseAddress(address);
  return url?.protocol === `${appScheme}:` && url.host === appHost && url.username === '';
}
