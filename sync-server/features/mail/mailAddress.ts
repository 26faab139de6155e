import addressparser from 'nodemailer/lib/addressparser';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';

export interface MailAddress {
  /** Shown name; '' = none. */
  name: string;
  address: string;
}

/** One local part and one domain, as SMTP carries them: no space, no control character, 254 in all (RFC 5321, 4.5.3.1). */
const addressShape = /^[^\s@<>(),;:"\\[\]\p{Cc}]{1,64}@[^\s@<>(),;:"\\[\]\p{Cc}]{1,189}$/u;
const controlCharacter = /\p{Cc}/u;

/** Reads `mara@example.com` or `Mara Lind <mara@example.com>`; anything that is not exactly one address is refused. */
export function readMailAddress(text: string): Result<MailAddress, string> {
  const refused = failure(`"${text.slice(0, 100)}" is not one mail address; expected name@example.com`);
  if (controlCharacter.test(text)) return refused;
  const found = addressparser(text);
  const [only] = found;
  if (found.length !== 1 || only?.address === undefined || !addressShape.test(only.address)) return refused;
  return success({ name: only.name, address: only.address });
}

/** Reads a list; the first that is no address refuses it all, because a mail to the wrong people is worse than none. */
export function readMailAddresses(texts: readonly string[]): Result<MailAddress[], string> {
  const addresses: MailAddress[] = [];
  for (const text of texts) {
    if (text.trim() === '') continue;
    const read = readMailAddress(text);
    if (!read.ok) return read;
    addresses.push(read.value);
  }
  return success(addresses);
}
