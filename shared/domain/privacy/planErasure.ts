import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../../kernel/canonicalJson.ts';
import { isJsonObject } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Resource } from '../../records/defineResource.ts';
import { tombstoneOf } from '../../records/envelope.ts';
import type { RecordEnvelope, Tombstone } from '../../records/envelope.ts';
import type { privacyRequestTypes } from '../../resources/access/privacyRequest.ts';
import { planAuditErasure } from './auditErasure.ts';
import { findSubject, holdsPersonalData } from './findSubject.ts';
import type { Location } from './findSubject.ts';
import { fitToSchema } from './fitToSchema.ts';
import { holdsAddress, personalKey, withoutMentions } from './mentions.ts';
import { fieldsOfOthers, standingOf } from './peopleInKinds.ts';
import type { Pseudonym } from './personalMatcher.ts';
import type { Subject } from './subject.ts';

export type ErasureMode = Exclude<(typeof privacyRequestTypes)[number], 'export'>;

/** What a request makes of one record, and where the person was. */
export type ErasurePlan =
  | { outcome: 'nothing'; locations: Location[] }
  /** Somebody else's record in which a name cannot be replaced: without it the record would not be valid. */
  | { outcome: 'left'; locations: Location[] }
  | { outcome: 'write'; record: RecordEnvelope; locations: Location[] }
  | { outcome: 'delete'; record: Tombstone; locations: Location[] };

/** One request, one pseudonym; an erased person has none of their own. `.invalid` never leads anywhere (RFC 2606). */
export function pseudonymFor(mode: ErasureMode, requestId: string): Pseudonym {
  if (mode === 'erase') return { name: '[erased]', email: 'erased@erased.invalid' };
  const short = bytesToHex(sha256(utf8ToBytes(`steward.pseudonym|${requestId}`))).slice(0, 8);
  return { name: `Person ${short}`, email: `person-${short}@anonymised.invalid` };
}

/**
 * The record without the person. Who made it, and when, stays: ids say nothing once what they stand for is gone, and sums and
 * counts are to stay. What it makes is valid by the kind's schema, or a deletion of what is the person's or about their money. The
 * same plan again finds nothing, or what cannot be replaced.
 */
export function planErasure(
  record: RecordEnvelope,
  resource: Resource,
  subject: Subject,
  mode: ErasureMode,
  pseudonym: Pseudonym,
): ErasurePlan {
  const locations = findSubject(record, resource, subject);
  const nothing: ErasurePlan = { outcome: 'nothing', locations };
  if (record.kind === 'auditEntry') {
    const body = planAuditErasure(record.body, subject);
    return body === record.body
      ? nothing
      : { outcome: 'write', record: { ...record, version: record.version + 1, body }, locations };
  }
  const about = isAbout(record.body, subject);
  if (!holdsPersonalData(locations) && !about) return nothing;
  const standing = standingOf(record, subject);
  const goes = mode !== 'anonymise' && (standing === 'person' || (standing === 'financial' && mode === 'erase'));
  const gone = (): ErasurePlan => ({
    outcome: 'delete',
    record: { ...tombstoneOf(record, record.version + 1), erased: true },
    locations,
  });
  if (goes) return gone();
  const changed = withoutThePerson(record, resource, subject, pseudonym, { about, mode, own: standing === 'person' });
  const isSame = ({ status, body }: RecordEnvelope) =>
    status === record.status && canonicalJson(body) === canonicalJson(record.body);
  if (isSame(changed)) return nothing;
  const mine = standing === 'person' || standing === 'financial';
  const fitted = fitToSchema({ ...changed, version: record.version + 1 }, resource, {
    body: record.body,
    mayStay: (value) => !mine && !holdsAddress(value, subject),
  });
  if (!fitted) return mine ? gone() : { outcome: 'left', locations };
  return isSame(fitted) ? { outcome: 'left', locations } : { outcome: 'write', record: fitted, locations };
}

function withoutThePerson(
  record: RecordEnvelope,
  resource: Resource,
  subject: Subject,
  pseudonym: Pseudonym,
  { about, mode, own }: { about: boolean; mode: ErasureMode; own: boolean },
): RecordEnvelope {
  const others = new Set(fieldsOfOthers(record, subject));
  const body: JsonObject = {};
  for (const [name, value] of Object.entries(record.body))
    body[name] = others.has(name)
      ? value
      : withoutMentions(value, subject, pseudonym, { path: name, personalFields: resource.personalFields });
  if (record.kind === 'privacyRequest') return { ...record, body: { ...body, ...withoutSubject } };
  if (about && mode !== 'anonymise') emptyContent(body);
  if (about && mode === 'anonymise') for (const name of ['data', 'variables']) blankPersonalKeys(body, name);
  if (own) {
    for (const name of resource.personalFields)
      if (typeof body[name] === 'string') body[name] = ownField(name, pseudonym, record.id);
    if (record.kind === 'staff')
      return { ...record, status: 'disabled', body: { ...body, roles: [], notificationPreferences: {} } };
    if (record.kind === 'session')
      return {
        ...record,
        status: 'ended',
        body: { ...body, clientId: '', endReason: textOr(body['endReason'], 'disabled') },
      };
  }
  // The decision counts while the hash fits, and what is decided is the same without the person.
  if (record.kind === 'approval' && isJsonObject(body['subject']) && body['subjectHash'] !== '')
    body['subjectHash'] =
      body['subject'] === record.body['subject']
        ? (body['subjectHash'] ?? '')
        : bytesToHex(sha256(utf8ToBytes(canonicalJson(body['subject']))));
  return { ...record, body };
}

/** What a request holds about whom it is about. */
export const withoutSubject = { subjectEmail: '', subjectName: '', subjectRecords: [], channel: '', note: '' };

const aboutFields = ['entityId', 'relatedId', 'subjectId'];

function isAbout(body: JsonObject, { ids }: Subject): boolean {
  return ids.size > 0 && aboutFields.some((name) => typeof body[name] === 'string' && ids.has(body[name]));
}

/** What came with an event about the person, and what steps made of it, is theirs; that there was one is not. */
function emptyContent(body: JsonObject): void {
  if (isJsonObject(body['data'])) body['data'] = {};
  if (isJsonObject(body['variables'])) body['variables'] = {};
  if (Array.isArray(body['steps']))
    body['steps'] = body['steps'].map((step) => {
      if (!isJsonObject(step)) return step;
      const { input: _input, output: _output, ...kept } = step;
      return kept;
    });
}

function blankPersonalKeys(body: JsonObject, name: string): void {
  const held = body[name];
  if (!isJsonObject(held)) return;
  body[name] = Object.fromEntries(
    Object.entries(held).map(([key, value]) => [
      key,
      typeof value === 'string' &&
      personalKey.test(key) &&
      !/(anonymised|erased)\.invalid$|^Person [0-9a-f]{8}$/u.test(value)
        ? ''
        : value,
    ]),
  );
}

/** Two records of one person may not have the same address, where addresses are unique. */
function ownField(name: string, pseudonym: Pseudonym, id: string): string {
  if (/email/iu.test(name)) return pseudonym.email.replace('@', `.${id.slice(-6)}@`);
  return /name/iu.test(name) ? pseudonym.name : '';
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
