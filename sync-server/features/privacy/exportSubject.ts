import { findInJson, findSubject, valueAtLocation } from '#shared/domain/privacy/findSubject.ts';
import { peopleBeside, standingOf } from '#shared/domain/privacy/peopleInKinds.ts';
import type { Subject } from '#shared/domain/privacy/subject.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { StoreReader } from '../../storage/store.ts';
import { privateKind } from './requestSubject.ts';
import type { Search } from './requestSubject.ts';
import { beginning, visitNext } from './visitEverything.ts';
import type { Cursor, Visitor } from './visitEverything.ts';
import { covers, entryConcerns } from './walks.ts';

/**
 * What the server keeps about a person, as JSON in pieces (GDPR, articles 15 and 20): records that are the person or about
 * their money whole, without other people in them; of everything else the places that are about them, with their values.
 */
export async function* exportSubject(reader: StoreReader, search: Search, about: JsonObject): AsyncGenerator<string> {
  const head = JSON.stringify({ format: 'steward.privacy.export', version: 1, ...about });
  yield `${head.slice(0, -1)},"records":[\n`;
  const found = { records: [] as JsonObject[], private: [] as JsonObject[] };
  const visitor: Visitor = {
    record: (record) => {
      if (record.kind === 'privacyRequest' && record.id === about['requestId']) return;
      const shown = covers(record, search) ? shownOf(record, search.subject) : undefined;
      if (shown) found.records.push(shown);
    },
    entry: async (entry) => {
      if ((await entryConcerns(reader, entry, search)) === 'no') return;
      found.private.push({ kind: privateKind(entry.area), values: valuesIn(entry.value, search.subject) });
    },
    // What waits to be done is of the moment; what comes of it is in the records.
    job: () => undefined,
    session: (session) => {
      if (search.tenantId !== '' || !search.staffIds.has(session.staffId)) return;
      const { id, device, createdAt, lastSeenAt } = session;
      found.private.push({ kind: privateKind('sessions'), values: { id, device, createdAt, lastSeenAt } });
    },
  };
  let separator = '';
  const inPrivate: JsonObject[] = [];
  for (let cursor: Cursor | undefined = beginning; cursor;) {
    cursor = await visitNext(reader, cursor, visitor);
    for (const record of found.records.splice(0)) {
      yield `${separator}${JSON.stringify(record)}`;
      separator = ',\n';
    }
    inPrivate.push(...found.private.splice(0));
    await new Promise<void>((wake) => setImmediate(wake));
  }
  yield `\n],"private":${JSON.stringify(inPrivate)}}\n`;
}

function shownOf(record: RecordEnvelope, subject: Subject): JsonObject | undefined {
  const resource = requireResource(record.kind);
  const locations = findSubject(record, resource, subject);
  if (locations.length === 0) return undefined;
  const { id, kind, tenantId, createdAt, status } = record;
  const standing = standingOf(record, subject);
  if (standing === 'person' || standing === 'financial') {
    const others = new Set([...peopleBeside(record, subject), ...resource.secretFields]);
    const body = Object.fromEntries(Object.entries(record.body).filter(([name]) => !others.has(name)));
    return { id, kind, tenantId, createdAt, status, body };
  }
  const values = Object.fromEntries(locations.map(({ path }) => [path, valueAtLocation(record, path) ?? null]));
  return { id, kind, tenantId, createdAt, values };
}

function valuesIn(value: Json, subject: Subject): JsonObject {
  const holder = { body: { value } } as unknown as RecordEnvelope;
  return Object.fromEntries(
    findInJson(value, subject).map(({ path }) => [path, valueAtLocation(holder, `body.value.${path}`) ?? null]),
  );
}
