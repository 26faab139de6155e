import { parseAddress } from './parseAddress.ts';

/** The address in its normal form, if it may leave the console: https only, and no password in it. */
export function externalAddress(address: string): string {
  const url = parseAddress(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new Error(`"${address}" is not opened: only https addresses are`);
  }
  return url.href;
}
