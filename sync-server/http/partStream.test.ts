import { once } from 'node:events';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { partStream } from './partStream.ts';

function* endless(told: string[]): Generator<string> {
  try {
    for (;;) yield 'x'.repeat(100_000);
  } finally {
    told.push('closed');
  }
}
async function* parts(told: string[]): AsyncGenerator<string> {
  yield* endless(told);
}

describe('a stream of parts', () => {
  it('ends when its reader stands still, and closes what it reads from', async () => {
    const told: string[] = [];
    const stream = partStream(parts(told), 20);
    // Takes one piece and never asks for another.
    stream.pipe(new Writable({ write: () => undefined, highWaterMark: 1 }));
    await once(stream, 'close');
    expect(told).toEqual(['closed']);
  });

  it('closes what it reads from when it is destroyed', async () => {
    const told: string[] = [];
    const stream = partStream(parts(told), 60_000);
    await once(stream, 'readable');
    stream.destroy();
    await once(stream, 'close');
    expect(told).toEqual(['closed']);
  });

  it('gives everything to who reads on', async () => {
    async function* some(): AsyncGenerator<string> {
      yield 'a';
      yield 'é';
    }
    let text = '';
    for await (const part of partStream(some(), 1000)) text += String(part);
    expect(text).toBe('aé');
  });
});
