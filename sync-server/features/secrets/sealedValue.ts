import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { SecretKey } from './secretKey.ts';

export const sealedValueSchema = z.object({
  keyId: z.string(),
  nonce: z.base64(),
  tag: z.base64(),
  data: z.base64(),
});
export type SealedValue = z.infer<typeof sealedValueSchema>;

/** Seals a text with AES-256-GCM and a fresh nonce, bound to its name: under another name it does not open. */
export function sealValue(name: string, value: string, key: SecretKey): SealedValue {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(associated(name, key));
  const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return {
    keyId: key.id,
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** The text, or why it does not open: sealed with another key, or changed since. */
export function openValue(name: string, sealed: SealedValue, key: SecretKey): Result<string, 'other_key' | 'changed'> {
  if (sealed.keyId !== key.id) return failure('other_key');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(sealed.nonce, 'base64'), {
      authTagLength: 16,
    })
      .setAAD(associated(name, key))
      .setAuthTag(Buffer.from(sealed.tag, 'base64'));
    const value = Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
    return success(value.toString('utf8'));
  } catch {
    return failure('changed');
  }
}

/** Both with one key, for what keeps sealed values among others. */
export function createSealer(key: SecretKey): {
  seal: (name: string, text: string) => SealedValue;
  /** undefined when it does not open. */
  open: (name: string, sealed: unknown) => string | undefined;
} {
  return {
    seal: (name, text) => sealValue(name, text, key),
    open: (name, stored) => {
      const sealed = sealedValueSchema.safeParse(stored);
      const opened = sealed.success ? openValue(name, sealed.data, key) : undefined;
      return opened?.ok ? opened.value : undefined;
    },
  };
}

/** A sealed value moved to another name or marked with another key does not open. */
function associated(name: string, key: SecretKey): Uint8Array {
  return Buffer.from(`steward secret\n${name}\n${key.id}`, 'utf8');
}
