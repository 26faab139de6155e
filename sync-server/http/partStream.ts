import { Readable } from 'node:stream';

/**
 * The parts as a stream that ends by itself when its reader takes nothing for `patience` milliseconds: a reader who stands still must
 * not hold what the parts hold. However it ends, the generator's `finally` runs.
 */
export function partStream(parts: AsyncGenerator<string>, patience: number): Readable {
  let timer: NodeJS.Timeout | undefined;
  const stream = Readable.from(watched(), { objectMode: false });
  async function* watched(): AsyncGenerator<string> {
    try {
      for await (const part of parts) {
        timer = setTimeout(() => stream.destroy(), patience);
        yield part;
        clearTimeout(timer);
      }
    } finally {
      clearTimeout(timer);
    }
  }
  return stream;
}
