import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSimulator } from './simulator.ts';
import type { SimulationThread } from './simulator.ts';
import type { FromThread, ToThread } from './threadMessages.ts';

const ask = {
  task: 'history' as const,
  sides: [],
  list: { kind: 'event', conditions: [], words: [], order: [] },
  pattern: '',
  assumptions: {},
  now: '2026-03-02T00:00:00.000Z',
};

describe('the window and the thread that simulates', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const open = () => {
    const threads: { sent: ToThread[]; ended: boolean; say: (message: FromThread) => void }[] = [];
    const spawn = (): SimulationThread => {
      let tell: (message: FromThread) => void = () => undefined;
      const thread = { sent: [] as ToThread[], ended: false, say: (message: FromThread) => tell(message) };
      threads.push(thread);
      return {
        postMessage: (message) => void thread.sent.push(message),
        onMessage: (listener) => {
          tell = listener;
        },
        onEnd: () => undefined,
        terminate: () => {
          thread.ended = true;
        },
      };
    };
    const simulator = createSimulator({
      texts: () => {
        throw new Error('nobody is signed in');
      },
      spawn,
      schedule: (milliseconds, work) => {
        const timer = setTimeout(work, milliseconds);
        return () => clearTimeout(timer);
      },
    });
    return { simulator, threads };
  };

  it('ends a thread that does not answer a stop within half a second', async () => {
    const { simulator, threads } = open();
    const outcome = simulator.run(ask);
    simulator.stop();
    expect(threads[0]?.sent.map(({ type }) => type)).toEqual(['ask', 'stop']);
    await vi.advanceTimersByTimeAsync(499);
    expect(threads[0]?.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(threads[0]?.ended).toBe(true);
    expect(await outcome).toEqual({ outcome: 'stopped' });
  });

  it('keeps a thread that stops in time, for the next task', async () => {
    const { simulator, threads } = open();
    const first = simulator.run(ask);
    simulator.stop();
    threads[0]?.say({ type: 'stopped', id: 1 });
    expect(await first).toEqual({ outcome: 'stopped' });
    void simulator.run(ask);
    await vi.advanceTimersByTimeAsync(1000);
    expect(threads).toHaveLength(1);
    expect(threads[0]?.ended).toBe(false);
  });

  it('ends one event that takes for ever, and says so', async () => {
    const { simulator, threads } = open();
    const input = { from: 'history' as const, eventId: 'event-1' };
    const outcome = simulator.run({ task: 'event', sides: [], input, assumptions: {}, now: ask.now });
    await vi.advanceTimersByTimeAsync(20_001);
    expect(threads[0]?.ended).toBe(true);
    expect(await outcome).toMatchObject({ outcome: 'failed', problem: { code: 'too_large' } });
  });

  it('passes on why the replica could not be read', async () => {
    const { simulator, threads } = open();
    void simulator.run(ask);
    threads[0]?.say({ type: 'read', number: 7, read: { read: 'find', kind: 'tenant', ids: ['a'] } });
    await vi.advanceTimersByTimeAsync(0);
    expect(threads[0]?.sent.at(-1)).toEqual({ type: 'unreadable', number: 7, message: 'nobody is signed in' });
  });

  it('hears no thread that was ended', async () => {
    const { simulator, threads } = open();
    const first = simulator.run(ask);
    const second = simulator.run(ask);
    expect(await first).toEqual({ outcome: 'stopped' });
    threads[0]?.say({ type: 'stopped', id: 2 });
    simulator.close();
    expect(await second).toEqual({ outcome: 'stopped' });
    expect(threads.every(({ ended }) => ended)).toBe(true);
  });
});
