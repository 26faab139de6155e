import type { Emitter } from 'liquidjs';

/** Text that templates write to. Beyond its length it refuses, before memory is taken. */
export class BoundedText implements Emitter {
  buffer = '';
  readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** @throws Error when the text grows too long. */
  write(written: unknown): void {
    if (written === undefined || written === null) return;
    const text = typeof written === 'string' ? written : String(written);
    if (this.buffer.length + text.length > this.limit)
      throw new Error(`the text grows beyond ${this.limit} characters; shorten what the template repeats`);
    this.buffer += text;
  }
}

/**
 * What a value looks like as text: lists item by item, objects as JSON, nothing as ''. `use` is told of every piece before it is
 * added and may throw to stop it.
 */
export function textOf(value: unknown, use: (length: number) => void): string {
  if (typeof value === 'string') {
    use(value.length);
    return value;
  }
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    let text = '';
    for (const item of value) {
      use(1);
      text += textOf(item, use);
    }
    return text;
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) return jsonText(value, use);
  const text = String(value);
  use(text.length);
  return text;
}

/** JSON with a bound on the work; `use` as above. */
export function jsonText(value: unknown, use: (length: number) => void, indent = 0): string {
  const text: unknown = JSON.stringify(
    value,
    (key, held: unknown) => {
      use(key.length + (typeof held === 'string' ? held.length : 4) + indent);
      return held;
    },
    indent,
  );
  return typeof text === 'string' ? text : '';
}
