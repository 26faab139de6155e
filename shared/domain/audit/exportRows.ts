import type { JsonObject } from '../../kernel/json.ts';
import type { ChainEntry } from './auditTypes.ts';
import { isThinned } from './thinnedEntry.ts';

const columns = [
  'number',
  'at',
  'tenantId',
  'actorId',
  'actorName',
  'action',
  'resource',
  'resourceId',
  'resourceName',
  'changes',
  'reason',
  'session',
  'device',
  'address',
  'appVersion',
  'requestId',
  'madeOfflineAt',
  'durationMs',
  'id',
  'prevHash',
  'hash',
] as const;

/** First line of an export to CSV (RFC 4180), with its end. */
export const csvHeader = `${columns.join(',')}\r\n`;

/** An entry as a line of CSV, with its end. Values no spreadsheet takes for a formula; changes as JSON. */
export function csvRow(entry: ChainEntry): string {
  return `${columns.map((column) => csvValue(columnOf(entry, column))).join(',')}\r\n`;
}

function columnOf({ id, tenantId, body }: ChainEntry, column: (typeof columns)[number]): string {
  if (column === 'id') return id;
  if (column === 'tenantId') return tenantId;
  // A line of CSV has no other place to say why nothing stands in the others.
  if (column === 'reason' && isThinned(body)) return '[removed by retention]';
  const value = body[column];
  if (value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** OWASP, CSV injection: what begins like a formula gets an apostrophe before it; every text is quoted. */
function csvValue(text: string): string {
  const neutral = /^\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%]/.test(text) ? `'${text}` : text;
  return /^[\w.:-]*$/.test(neutral) ? neutral : `"${neutral.replaceAll('"', '""')}"`;
}

// An export to JSON: a list with one entry a line.

export const jsonStart = '[';
export const jsonEnd = '\n]\n';

/** `isFirst`: none has been written before. */
export function jsonRow({ id, tenantId, body }: ChainEntry, isFirst: boolean): string {
  const { commitments: _commitments, salt: _salt, format: _format, thinned: _thinned, ...shown } = body;
  const row: JsonObject = { id, tenantId, ...shown, ...(isThinned(body) ? { removedByRetention: true } : {}) };
  return `${isFirst ? '' : ','}\n${JSON.stringify(row)}`;
}
