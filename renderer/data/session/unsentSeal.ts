import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';

/** One sealing: everything but the server's private key that opening it takes. */
const sealedSchema = z.object({
  version: z.literal(1),
  serverId: z.string(),
  publicKey: z.base64(),
  ephemeralKey: z.base64(),
  nonce: z.base64(),
  content: z.base64(),
});

const unreadable: Problem = problemOf('invalid', saying('left_not_readable'));
/** Not X25519, which not every Chromium that runs this knows. */
const curve = { name: 'ECDH', namedCurve: 'P-256' };
const purpose = new TextEncoder().encode('steward unsent edits 1');

/**
 * Encrypts a text so that nobody on this computer can read it any more: ECDH on P-256 with a key made for this once and forgotten,
 * HKDF-SHA256 over both public keys, AES-256-GCM. Opening takes the server's half of the secret. `publicKey` is base64.
 */
export async function seal(text: string, publicKey: string, serverId: string): Promise<string> {
  const pair = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const ephemeralKey = toBase64(await crypto.subtle.exportKey('raw', pair.publicKey));
  const peer = await crypto.subtle.importKey('raw', fromBase64(publicKey), curve, false, []);
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: peer }, pair.privateKey, 256);
  const key = await contentKey(new Uint8Array(secret), ephemeralKey, publicKey);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const content = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, new TextEncoder().encode(text));
  const sealed: z.infer<typeof sealedSchema> = {
    version: 1,
    serverId,
    publicKey,
    ephemeralKey,
    nonce: toBase64(nonce),
    content: toBase64(content),
  };
  return JSON.stringify(sealed);
}

/** Opens what `seal` made; `sharedSecret` asks the server (both base64). */
export async function unseal(
  text: string,
  serverId: string,
  sharedSecret: (ephemeralKey: string) => Promise<Result<string, Problem>>,
): Promise<Result<string, Problem>> {
  const sealed = parsed(text);
  if (!sealed || sealed.serverId !== serverId) return failure(unreadable);
  const secret = await sharedSecret(sealed.ephemeralKey);
  if (!secret.ok) return secret;
  try {
    const key = await contentKey(fromBase64(secret.value), sealed.ephemeralKey, sealed.publicKey);
    const iv = fromBase64(sealed.nonce);
    const content = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, fromBase64(sealed.content));
    return success(new TextDecoder().decode(content));
  } catch {
    return failure(unreadable);
  }
}

function parsed(text: string): z.infer<typeof sealedSchema> | undefined {
  try {
    return sealedSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function contentKey(secret: Uint8Array<ArrayBuffer>, ephemeralKey: string, publicKey: string) {
  const salt = new Uint8Array([...fromBase64(ephemeralKey), ...fromBase64(publicKey)]);
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt, info: purpose };
  return crypto.subtle.deriveKey(derivation, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function toBase64(bytes: ArrayBuffer | Uint8Array): string {
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
