import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Milliseconds that a file set aside is kept for whoever wants to look into it. */
export const setAsideKept = 14 * 24 * 3600 * 1000;

const named = /\.damaged-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d\.\d{3}Z)/;

/**
 * Removes files of a replica that were set aside as damaged before this moment (milliseconds), and answers how many. None while
 * one of them still has to be read for what only this console has.
 */
export function removeSetAside(file: string, before: number): number {
  if (existsSync(`${file}.rescue`)) return 0;
  const folder = dirname(file);
  const old = readdirSync(folder).filter((name) => {
    if (!name.startsWith(`${basename(file)}.damaged-`)) return false;
    const [, day, hours, minutes, seconds] = named.exec(name) ?? [];
    // One whose name tells no time was named by nobody here.
    return day !== undefined && Date.parse(`${day}T${hours}:${minutes}:${seconds}`) < before;
  });
  for (const name of old) rmSync(join(folder, name), { force: true });
  return old.length;
}
