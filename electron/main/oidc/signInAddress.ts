import { parseAddress } from '../parseAddress.ts';

const loopback = /^(?:localhost|\[::1\]|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;

/** A provider's page in its normal form: https, or http on this machine, and no password in it. @throws Error in words */
export function signInAddress(address: string): URL {
  const url = parseAddress(address);
  const known = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  if (!url || !known || url.username !== '' || url.password !== '')
    throw new Error('the sign-in page is not opened: only https addresses are, and http on this machine');
  return url;
}
