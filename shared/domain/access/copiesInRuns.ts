import { isJsonObject } from '../../kernel/json.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { Resource } from '../../records/defineResource.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import { aboutIn } from '../../resources/events/about.ts';
import type { About } from '../../resources/events/about.ts';
import { resourceByKind, resources } from '../../resources/registry.ts';
import { anything, holdsGiven } from '../automation/run/aboutStep.ts';
import { isFixedFailure } from '../automation/run/fixedFailures.ts';

/** What somebody sees of the records that others repeat. */
export interface CopyRights {
  /** Records of this kind in this tenant are theirs to see, whoever owns them. */
  seesAll: (kind: string, tenantId: string) => boolean;
  /** Fields hidden from them in records of this kind, whoever owns them. */
  hidden: (resource: Resource, tenantId: string) => readonly string[];
}

export interface EventRights extends CopyRights {
  /** Whose view it is. */
  readerId: string;
}

/** Kinds that are about other records themselves, or prove them. */
const unread: ReadonlySet<string> = new Set([
  'notification',
  'command',
  'auditEntry',
  'auditHead',
  'auditKey',
  'auditGap',
]);
const readable = resources.filter(({ kind }) => !unread.has(kind));

/** Whether every record of a kind in a tenant is theirs to see with every field that anybody sees. */
export function seesWhole(about: Resource, tenantId: string, { seesAll, hidden }: CopyRights): boolean {
  return seesAll(about.kind, tenantId) && hidden(about, tenantId).every((name) => about.secretFields.includes(name));
}

/** Whether all that these tell of is theirs to see; undefined = nobody wrote down what that is, so it may be anything. */
export function seesAbout(about: readonly About[] | undefined, tenantId: string, rights: CopyRights): boolean {
  const seesEvery = (where: string) => readable.every((one) => seesWhole(one, where, rights));
  return (about ?? [anything]).every((one) => {
    const resource = resourceByKind(one.kind);
    if (resource) return seesWhole(resource, one.tenantId, rights);
    // Of a kind that is not there any more nobody can say who saw it.
    return seesEvery(one.kind === anything.kind ? one.tenantId : '') && seesEvery(tenantId);
  });
}

/** Where nobody wrote down what something repeats: whether they see all that it might be. */
export function seesAnything(tenantId: string, rights: CopyRights): boolean {
  return seesAbout(undefined, tenantId, rights);
}

/**
 * A run tells what a step was asked, answered and failed of only to those who see everything that the run had read or written
 * by then, and its variables and error to those who see all of it. Messages that repeat nothing stay.
 */
export function redactRun(record: RecordEnvelope, rights: CopyRights): RecordEnvelope {
  const { tenantId, body } = record;
  const about = resourceByKind(String(body['entityType']));
  const seesSubject = !about || seesWhole(about, tenantId, rights);
  const traces = Array.isArray(body['steps']) ? body['steps'] : [];
  const seen = traces.map(
    (trace) => seesSubject && (!isJsonObject(trace) || seesAbout(aboutIn(trace), tenantId, rights)),
  );
  if (seesSubject && seen.every(Boolean)) return record;
  const steps = traces.map((trace, index) => (seen[index] || !isJsonObject(trace) ? trace : withoutData(trace)));
  const error = typeof body['error'] === 'string' ? body['error'] : '';
  const names = ['', ...traces.map((trace) => (isJsonObject(trace) ? String(trace['name']) : ''))];
  const shown = names.some((name) => isFixedFailure(error, name)) ? error : '';
  const told: JsonObject = error === shown ? {} : { error: shown };
  return { ...record, body: { ...body, variables: {}, steps, ...told } };
}

/** What a step was and how it ended. */
function withoutData(trace: JsonObject): JsonObject {
  const { input, output, about: _about, ...rest } = trace;
  const error = typeof rest['error'] === 'string' ? rest['error'] : '';
  const hides = error !== '' && !isFixedFailure(error, String(trace['name']));
  const keeps = hides || input !== undefined || output !== undefined;
  return { ...rest, ...(hides ? { error: '' } : {}), ...(keeps ? { withheld: true } : {}) };
}

/** Failures that are told in words of our own, with names of rules and events at most. */
const plainFailures: ReadonlySet<Json | undefined> = new Set(['', 'depth', 'quota', 'inactive_type']);

/**
 * An event that a write was says no more of the record than the record. What the catalogue calls it tells fields under other
 * names, so those are for who sees the whole of it. What a rule made of it, or a person gave with it or wrote anew, may tell
 * of more: it is for who sees all of that, and for the person who gave it.
 */
export function redactEvent(record: RecordEnvelope, rights: EventRights): RecordEnvelope {
  const { body, tenantId } = record;
  const { source, entityType, data } = body;
  if (!isJsonObject(data)) return record;
  const told = aboutIn(body);
  if ((told || source === 'rule') && !seesAbout(told, tenantId, rights)) return withoutEventData(record);
  if (!told && holdsGiven(body))
    return body['triggeredBy'] === rights.readerId || seesAnything(tenantId, rights)
      ? record
      : withoutEventData(record);
  const about =
    source === 'record' || source === 'lifecycle' || source === 'rule' ? resourceByKind(String(entityType)) : undefined;
  if (!about || seesWhole(about, tenantId, rights)) return record;
  const { changes, leftOut, ...more } = data;
  if (source !== 'record' || !Array.isArray(changes) || Object.keys(more).length > 0) return withoutEventData(record);
  const names = rights.hidden(about, tenantId);
  const none = !rights.seesAll(about.kind, tenantId);
  if (!none && !changes.some((change) => isAbout(change, names))) return record;
  const shown = changes.map((change) =>
    isJsonObject(change) && (none || isAbout(change, names)) ? { path: change['path'] ?? '' } : change,
  );
  const left: JsonObject = leftOut === undefined ? {} : { leftOut };
  return { ...record, body: { ...withoutEventError(body), data: { changes: shown, ...left } } };
}

/** Which rule an event is for stays. */
function withoutEventData(record: RecordEnvelope): RecordEnvelope {
  const { about: _about, ...body } = withoutEventError(record.body);
  const { data, source } = body;
  const ruleId = isJsonObject(data) && source === 'manual' ? data['ruleId'] : undefined;
  return { ...record, body: { ...body, data: typeof ruleId === 'string' ? { ruleId } : {} } };
}

function withoutEventError(body: JsonObject): JsonObject {
  return body['error'] === undefined || plainFailures.has(body['failure']) ? body : { ...body, error: '' };
}

/** A change `{path, …}` of a field that is hidden, or of something in it. */
export function isAbout(change: Json, hidden: readonly string[]): boolean {
  const path = isJsonObject(change) ? String(change['path']) : '';
  return hidden.some((name) => path === `body.${name}` || path.startsWith(`body.${name}.`));
}

/** Fields of records of these kinds that hold what a rule made of others, or what somebody gave to one. */
const repeated: Readonly<Record<string, readonly string[]>> = {
  run: ['variables', 'steps', 'error'],
  event: ['data', 'error'],
  command: ['args', 'problem', 'result'],
  approval: ['subject'],
};

/** What an audit entry about a run, an event, a command or a question may repeat of records that its reader does not see. */
export function repeatedInEntry(body: JsonObject, tenantId: string, rights: CopyRights): string[] {
  const kind = String(body['resource']);
  const fields = Object.hasOwn(repeated, kind) ? repeated[kind] : undefined;
  if (!fields) return [];
  const changes = Array.isArray(body['changes']) ? body['changes'] : [];
  const paths = changes.flatMap((change, index) =>
    isAbout(change, fields) && !(kind === 'command' && repeatsNothing(change)) ? [`changes.${index}`] : [],
  );
  // Of a question the server only says which step asked it.
  if (kind !== 'approval' && body['actorId'] === 'system' && body['reason'] !== '') paths.push('reason');
  if (paths.length === 0 || seesAbout(kind === 'run' ? aboutOfChanges(changes) : undefined, tenantId, rights))
    return [];
  return paths;
}

/** Most orders only name what they are about, some hold data of it; most answers count. Of a part of one, nothing says so. */
function repeatsNothing(change: Json): boolean {
  const isPlain = isJsonObject(change) ? plainValue[String(change['path'])] : undefined;
  if (!isJsonObject(change) || !isPlain) return false;
  return isPlain(change['new']) && ((change['old'] ?? null) === null || isPlain(change['old']));
}

const plainValue: Readonly<Record<string, (value: Json | undefined) => boolean>> = {
  'body.args': (args) => isJsonObject(args) && (args['data'] === undefined || isEmpty(args['data'])),
  'body.result': (result) => isJsonObject(result) && (result['problems'] === undefined || isEmpty(result['problems'])),
};

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** The last trace of a run tells of all that it had read or written. */
function aboutOfChanges(changes: readonly Json[]): readonly About[] | undefined {
  const change = changes.find((one) => isJsonObject(one) && one['path'] === 'body.steps');
  const traces = isJsonObject(change) ? change['new'] : undefined;
  if (!Array.isArray(traces) || traces.length === 0) return undefined;
  const known = traces.map((trace) => (isJsonObject(trace) ? aboutIn(trace) : undefined));
  return known.every((one) => one !== undefined) ? known.flat() : undefined;
}
