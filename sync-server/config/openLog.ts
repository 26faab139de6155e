import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { Json } from '#shared/kernel/json.ts';
import { redactSecrets, withoutSecrets } from '#shared/kernel/withoutSecrets.ts';
import type { Options } from './options.ts';

/** The server's log, JSON lines; by default to standard output. Every line passes here last, whoever wrote it and how. */
export function openLog(level: Options['log'], destination?: DestinationStream): Logger {
  const settings = { level, hooks: { streamWrite: redactLine } };
  return destination ? pino(settings, destination) : pino(settings);
}

function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redactSecrets(JSON.parse(line) as Json))}\n`;
  } catch {
    return withoutSecrets(line);
  }
}
