import { createHmac, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import * as z from 'zod';
import type { Clock } from '#shared/kernel/sources.ts';
import type { SyncStore } from '../../storage/store.ts';

export interface Networks {
  /** Takes up today's salt, or makes it; before anything is asked. */
  load: () => Promise<void>;
  /**
   * What stands for a network address wherever one would be kept: `net-2026-11-21-3fa91c04be77`. The same address is the same
   * within one UTC day, and nobody can tell which it was, nor that of another day, once the day's salt is gone. '' for what is
   * no address.
   */
  networkOf: (address: string) => string;
}

/** Area of the salts; their keys are days. */
export const saltArea = 'networkSalts';
const saltSchema = z.string().min(40);
const day = 24 * 3600 * 1000;

/** Salts live in the store for the day they are for, so that a restart changes nothing, and expire with it. */
export function createNetworks({
  store,
  clock,
  onFault,
}: {
  store: SyncStore;
  clock: Clock;
  onFault: (what: string, error: unknown) => void;
}): Networks {
  let today = '';
  let salt = Buffer.alloc(0);
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  const keep = (key: string, value: string) =>
    store.transaction(async (transaction) => {
      await transaction.pruneEntries(clock());
      await transaction.putEntries([{ area: saltArea, key, value, expiresAt: Date.parse(key) + day }]);
    });
  const begin = (key: string): string => {
    const made = randomBytes(32);
    [today, salt] = [key, made];
    return made.toString('base64url');
  };
  return {
    load: async () => {
      const key = dayOf(clock());
      const known = saltSchema.safeParse((await store.getEntries(saltArea, [key])).get(key));
      if (known.success) [today, salt] = [key, Buffer.from(known.data, 'base64url')];
      else await keep(key, begin(key));
    },
    networkOf: (address) => {
      const network = normalNetwork(address);
      if (network === '') return '';
      const key = dayOf(clock());
      if (key !== today) keep(key, begin(key)).catch((error: unknown) => onFault('keeping the salt of the day', error));
      return `net-${key}-${createHmac('sha256', salt).update(network).digest('hex').slice(0, 12)}`;
    },
  };
}

/**
 * An IPv4 address, or the /64 of an IPv6 one (what one household or server gets), each in one form; mapped addresses are the
 * IPv4 ones they stand for. '' for what is no address.
 */
export function normalNetwork(address: string): string {
  const plain = address
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/u, '');
  const version = isIP(plain);
  if (version === 4) return plain;
  if (version !== 6) return '';
  const groups = groupsOf(plain);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

function groupsOf(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const [, before = '', a = '0', b = '0', c = '0', d = '0'] = dotted ?? [];
  const text = dotted
    ? `${before}${((Number(a) << 8) | Number(b)).toString(16)}:${((Number(c) << 8) | Number(d)).toString(16)}`
    : address;
  const [left = '', right] = text.split('::');
  const numbers = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [head, tail] = [numbers(left), right === undefined ? [] : numbers(right)];
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}
