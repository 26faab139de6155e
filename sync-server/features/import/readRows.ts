import { parse } from 'csv-parse/sync';
import type * as z from 'zod';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import { envelopeSchema } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { hintOf } from '#shared/records/fields.ts';
import { resourceByKind, resources } from '#shared/resources/registry.ts';

/** A row that cannot become a record. `row` counts from 1, as an editor shows lines; a CSV's header is row 1. */
export interface RowProblem {
  row: number;
  message: string;
}

export interface ReadRows {
  records: { row: number; record: RecordEnvelope }[];
  problems: RowProblem[];
}

export interface ReadOptions {
  /** Kind of rows that name none; '' = every row must name its own. */
  kind: string;
  clock: Clock;
  ids: IdSource;
}

interface RawRow {
  row: number;
  value: JsonObject;
  /** True where every value is still the text of a cell. */
  fromText?: boolean;
}

const envelopeFields = ['id', 'kind', 'tenantId', 'status', 'assignedTo', 'createdAt', 'createdBy'] as const;

/** Reads JSON Lines (`{kind, tenantId, body: {…}}`) or CSV (a header of envelope and body field names). Pure of files. */
export function readRows(text: string, format: 'jsonl' | 'csv', options: ReadOptions): ReadRows {
  const problems: RowProblem[] = [];
  const rows = format === 'csv' ? csvRows(text, problems) : jsonRows(text, problems);
  const records: ReadRows['records'] = [];
  const seen = new Map<string, number>();
  for (const raw of rows) {
    const outcome = readRow(raw, options);
    if ('message' in outcome) {
      problems.push({ row: raw.row, message: outcome.message });
      continue;
    }
    const earlier = seen.get(outcome.id);
    if (earlier === undefined) {
      seen.set(outcome.id, raw.row);
      records.push({ row: raw.row, record: outcome });
    } else problems.push({ row: raw.row, message: `has the same id as row ${earlier}` });
  }
  return { records, problems: problems.sort((left, right) => left.row - right.row) };
}

function jsonRows(text: string, problems: RowProblem[]): RawRow[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, index): RawRow[] => {
      if (line.trim() === '') return [];
      const row = index + 1;
      try {
        const value: unknown = JSON.parse(line);
        if (isJsonObject(value)) return [{ row, value }];
        problems.push({ row, message: 'is not a JSON object' });
      } catch (error) {
        problems.push({ row, message: `is not JSON: ${error instanceof Error ? error.message : String(error)}` });
      }
      return [];
    });
}

function csvRows(text: string, problems: RowProblem[]): RawRow[] {
  let parsed: { record: Record<string, string>; info: { lines: number } }[];
  try {
    parsed = parse(text, { columns: true, bom: true, info: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    problems.push({
      row: 1,
      message: `the file is not CSV: ${error instanceof Error ? error.message : String(error)}`,
    });
    return [];
  }
  return parsed.map(({ record, info }) => {
    const value: JsonObject = { body: {} };
    const body = value['body'] as JsonObject;
    for (const [name, cell] of Object.entries(record)) {
      if ((envelopeFields as readonly string[]).includes(name)) {
        if (cell !== '') value[name] = cell;
      } else if (cell !== '') body[name.replace(/^body\./, '')] = cell;
    }
    return { row: info.lines, value, fromText: true };
  });
}

function readRow(raw: RawRow, options: ReadOptions): RecordEnvelope | { message: string } {
  const kind = typeof raw.value['kind'] === 'string' ? raw.value['kind'] : options.kind;
  const resource = resourceByKind(kind);
  if (!resource) {
    const known = resources.map((one) => one.kind).join(', ');
    return {
      message: kind === '' ? 'names no kind; add it or use --kind' : `'${kind}' is not a kind; known: ${known}`,
    };
  }
  const rawBody: unknown = raw.value['body'] ?? {};
  if (!isJsonObject(rawBody)) return { message: "'body' must be an object" };
  const unknown = Object.keys(rawBody).find((name) => !Object.hasOwn(resource.body.shape, name));
  if (unknown) return { message: `'${unknown}' is not a field of ${kind}` };
  const body = raw.fromText ? typedBody(resource, rawBody as Record<string, string>) : rawBody;
  const parsed = resource.body.safeParse(body);
  if (!parsed.success) return { message: describe(parsed.error.issues[0], 'body.') };
  const at = new Date(options.clock()).toISOString();
  const text = (name: string, otherwise: string) => {
    const value = raw.value[name];
    return value === undefined ? otherwise : value;
  };
  const id = text('id', options.ids());
  const record = envelopeSchema.safeParse({
    id,
    kind,
    tenantId: text('tenantId', kind === 'tenant' ? String(id) : ''),
    status: text('status', resource.states?.initial ?? ''),
    assignedTo: text('assignedTo', ''),
    createdAt: text('createdAt', at),
    createdBy: text('createdBy', 'system'),
    updatedAt: at,
    updatedBy: 'system',
    version: 1,
    body: parsed.data,
  });
  if (!record.success) return { message: describe(record.error.issues[0], '') };
  return checkPlace(resource, record.data);
}

function checkPlace(resource: Resource, record: RecordEnvelope): RecordEnvelope | { message: string } {
  const { states, scope, kind } = resource;
  if (states ? !Object.hasOwn(states.states, record.status) : record.status !== '')
    return {
      message: `'status' is '${record.status}'; ${states ? `may be ${Object.keys(states.states).join(', ')}` : 'this kind has none'}`,
    };
  if (scope === 'tenant' && record.tenantId === '')
    return { message: `a ${kind} belongs to a tenant; give 'tenantId'` };
  if (scope === 'platform' && record.tenantId !== '')
    return { message: `a ${kind} belongs to the platform; leave 'tenantId' out` };
  if (kind === 'tenant' && record.tenantId !== record.id) return { message: "a tenant's 'tenantId' is its own 'id'" };
  return record;
}

/** Cells are text; numbers, yes/no, lists and JSON get their type from the field. A cell that has none stays text and fails the schema. */
function typedBody(resource: Resource, cells: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]): [string, Json] => {
      const schema = resource.body.shape[name];
      return [name, schema ? typedCell(hintOf(schema).widget, cell) : cell];
    }),
  );
}

function typedCell(widget: string, cell: string): Json {
  switch (widget) {
    case 'number':
    case 'money':
      return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
    case 'boolean':
      return /^(true|yes|1)$/i.test(cell) ? true : /^(false|no|0)$/i.test(cell) ? false : cell;
    case 'tags':
      return cell.split(';').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
    case 'json':
      try {
        return JSON.parse(cell) as Json;
      } catch {
        return cell; // The schema names the field and what it expects.
      }
    default:
      return cell;
  }
}

function describe(issue: z.core.$ZodIssue | undefined, prefix: string): string {
  return `'${prefix}${issue?.path.map(String).join('.') ?? ''}': ${issue?.message ?? 'not valid'}`;
}
