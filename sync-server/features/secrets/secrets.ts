import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { SyncStore } from '../../storage/store.ts';
import type { SecretKey } from './secretKey.ts';
import { openValue, sealValue, sealedValueSchema } from './sealedValue.ts';

/** What staff see of a secret; never its value. */
export interface SecretDescription {
  name: string;
  /** ISO 8601. */
  updatedAt: string;
  updatedBy: string;
  /** False: sealed with another key than the server has now; enter the value anew. */
  readable: boolean;
}

export interface Secrets {
  /** By name. */
  list: () => Promise<SecretDescription[]>;
  put: (name: string, value: string, staffId: string) => Promise<Result<SecretDescription, Problem>>;
  /** False when there was none of that name. */
  remove: (name: string, staffId: string) => Promise<Result<{ removed: boolean }, Problem>>;
  /** `not_found`: there is none; `unavailable`: it cannot be opened, the message says why. */
  read: (name: string) => Promise<Result<string, Problem>>;
}

const area = 'secrets';
const nameShape = /^[A-Za-z][A-Za-z0-9_-]{0,99}$/;
/** UTF-8 bytes. */
const longestValue = 16_384;
const mostSecrets = 10_000;

const sealedSchema = sealedValueSchema.extend({ updatedAt: z.string(), updatedBy: z.string() });
type Sealed = z.infer<typeof sealedSchema>;

/**
 * Secrets of steps: sealed with AES-256-GCM, each with a fresh nonce and bound to its name, in entries of the store that
 * are never replicated. Values leave through `read` only.
 */
export function createSecrets({ store, key, clock }: { store: SyncStore; key: SecretKey; clock: Clock }): Secrets {
  const describe = (name: string, { updatedAt, updatedBy, keyId }: Sealed): SecretDescription => ({
    name,
    updatedAt,
    updatedBy,
    readable: keyId === key.id,
  });
  return {
    list: async () => {
      const entries = await store.entriesOf(area, { limit: mostSecrets });
      return entries.flatMap((entry) => {
        const sealed = sealedSchema.safeParse(entry.value);
        return sealed.success ? [describe(entry.key, sealed.data)] : [];
      });
    },
    put: async (name, value, staffId) => {
      if (!nameShape.test(name)) return failure(badName(name));
      const bytes = Buffer.byteLength(value, 'utf8');
      if (bytes === 0 || bytes > longestValue) {
        const says = saying('secret_size', { name, bytes, most: longestValue });
        return failure(problemOf('invalid', says, { path: 'value' }));
      }
      const meta = { updatedAt: new Date(clock()).toISOString(), updatedBy: staffId };
      const sealed: Sealed = { ...sealValue(name, value, key), ...meta };
      await store.transaction((transaction) => transaction.putEntries([{ area, key: name, value: sealed }]));
      return success(describe(name, sealed));
    },
    remove: async (name) => {
      if (!nameShape.test(name)) return failure(badName(name));
      return store.transaction(async (transaction) => {
        const there = (await transaction.getEntries(area, [name])).has(name);
        if (there) await transaction.removeEntries([{ area, key: name }]);
        return success({ removed: there });
      });
    },
    read: async (name) => {
      const stored = nameShape.test(name) ? (await store.getEntries(area, [name])).get(name) : undefined;
      if (stored === undefined) {
        const message = `there is no secret named "${name.slice(0, 100)}"; add it to the server's secrets, or correct the name`;
        return failure({ code: 'not_found', message });
      }
      return open(name, stored, key);
    },
  };
}

function open(name: string, stored: unknown, key: SecretKey): Result<string, Problem> {
  const refused = (why: string) =>
    failure<Problem>({ code: 'unavailable', message: `the secret "${name}" cannot be opened: ${why}` });
  const sealed = sealedSchema.safeParse(stored);
  if (!sealed.success) return refused('what is stored is damaged; enter its value anew');
  const opened = openValue(name, sealed.data, key);
  if (opened.ok) return opened;
  if (opened.error === 'changed') return refused('what is stored was changed; enter its value anew');
  const keys = `it was sealed with the key ${sealed.data.keyId}, the server runs with ${key.id}`;
  return refused(`${keys}; start the server with the earlier key, or enter the value anew`);
}

function badName(name: string): Problem {
  return problemOf('invalid', saying('secret_name', { name: name.slice(0, 100) }), { path: 'name' });
}
