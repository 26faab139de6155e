import { describe, expect, it } from 'vitest';
import type { Rescue } from '#shared/replica/engineCalls.ts';
import { readFromWhole } from './readFromWhole.ts';
import { EngineError } from './sqlite/engineClient.ts';

const rescueOf = (keptAs: string): Rescue => ({
  at: '2026-01-01T00:00:00.000Z',
  keptAs,
  reason: 'malformed',
  unsent: 1,
  inbox: 0,
  incomplete: false,
});
const never = () => () => undefined;

/** A store that tells rescues as the engine's client does: those met before at once. */
function storeWith(met: Rescue[]) {
  const listeners = new Set<(rescue: Rescue) => void>();
  return {
    listeners,
    rescue: (rescue: Rescue) => listeners.forEach((listener) => listener(rescue)),
    onRescue: (listener: (rescue: Rescue) => void) => {
      listeners.add(listener);
      met.forEach(listener);
      return () => void listeners.delete(listener);
    },
  };
}

describe('reading what a replica begins with', () => {
  it('tells a rescue that happened when the file was opened', async () => {
    const store = storeWith([rescueOf('one')]);
    await expect(readFromWhole(store, never, async () => ({ value: 1 }))).resolves.toEqual({
      value: 1,
      rescue: rescueOf('one'),
    });
    expect(store.listeners.size).toBe(0);
  });

  it('reads anew from the new file when the old one broke while it was read', async () => {
    const store = storeWith([]);
    let reads = 0;
    const found = readFromWhole(store, never, async () => {
      reads += 1;
      if (reads > 1) return { value: 'whole' };
      setTimeout(() => store.rescue(rescueOf('one')), 0);
      throw new EngineError('damaged', 'malformed');
    });
    await expect(found).resolves.toEqual({ value: 'whole', rescue: rescueOf('one') });
  });

  it('does not mix two files', async () => {
    const store = storeWith([]);
    let reads = 0;
    const found = readFromWhole(store, never, async () => {
      reads += 1;
      if (reads === 1) store.rescue(rescueOf('one'));
      return { value: reads };
    });
    await expect(found).resolves.toEqual({ value: 2, rescue: rescueOf('one') });
  });

  it('does not hide another failure', async () => {
    const found = readFromWhole(storeWith([]), never, () => Promise.reject(new EngineError('full', 'no space')));
    await expect(found).rejects.toThrow('no space');
  });
});
