import { isIP } from 'node:net';

const candidates =
  /(?<![\p{L}\p{N}.:_-])(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?:\d{1,3}\.){3}\d{1,3})?)(?![\p{L}\p{N}_-]|[.:]\p{N})/giu;

/**
 * Whether a text holds a network address that leads to somebody: IPv4 or IPv6, not one of the machine itself or of documents
 * (RFC 5735, RFC 3849). Times of day (`10:45:00`) and version numbers (`1.2.3`) are none.
 */
export function holdsRawAddress(text: string): boolean {
  if (text.length < 4 || !/[.:]/.test(text)) return false;
  for (const [found] of text.matchAll(candidates))
    if (isIP(found) !== 0 && !isHarmless(found.toLowerCase())) return true;
  return false;
}

function isHarmless(address: string): boolean {
  return (
    address === '0.0.0.0' ||
    address.startsWith('127.') ||
    address === '::' ||
    address === '::1' ||
    address === '255.255.255.255'
  );
}
