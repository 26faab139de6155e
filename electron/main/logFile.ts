import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import type { JsonObject } from '#shared/kernel/json.ts';
import { redactSecrets } from '#shared/kernel/withoutSecrets.ts';

type LogLevel = 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, source: string, message: string, error?: unknown) => void;

const largest = 5 * 1024 * 1024;

/** A log of JSON lines on this machine, two files of at most 5 MB, without secrets. It is sent nowhere. */
export function openLog(path: string, now: () => Date): Log {
  mkdirSync(dirname(path), { recursive: true });
  return (level, source, message, error) => {
    const entry: JsonObject = { time: now().toISOString(), level, source, message };
    if (error !== undefined) entry['reason'] = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
    rotate(path);
    const line = redactSecrets(entry);
    appendFileSync(path, `${JSON.stringify(line)}\n`);
  };
}

function rotate(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largest) renameSync(path, `${path}.1`);
}
