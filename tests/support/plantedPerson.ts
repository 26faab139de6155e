import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A person who occurs nowhere but where a test put them. */
export const planted = {
  email: 'zoe.quill-73@planted.example',
  name: 'Zoë Quillfeather',
} as const;

/** Everything by which the person could be recognised in raw bytes: their address and name in any case, escaped and encoded. */
export function traces(): string[] {
  const { email, name } = planted;
  const escaped = name
    .split('')
    .map((one) => (one.charCodeAt(0) < 128 ? one : `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`));
  const plain = [email, email.split('@')[0] ?? '', name, name.normalize('NFD'), escaped.join(''), 'Quillfeather'];
  return [...new Set(plain.flatMap((one) => [one, encodeURIComponent(one)]))];
}

/** Which traces are in these bytes, whatever their case. */
export function tracesIn(bytes: Uint8Array | string): string[] {
  const text = (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')).toLowerCase();
  return traces().filter((trace) => text.includes(trace.toLowerCase()));
}

/** Which traces are in the files of a folder, file by file. */
export function tracesInFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const file = join(folder, name);
    return statSync(file).isFile() ? tracesIn(readFileSync(file)).map((trace) => `${name}: ${trace}`) : [];
  });
}
