import type { BulkWriteRow, MangoQuery, MangoQuerySortPart } from 'rxdb';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { ListRequest } from '#shared/replica/listRequest.ts';
import { toStored } from '#renderer/data/storage/localDocument.ts';
import type { StoredDocument } from '#renderer/data/storage/localDocument.ts';
import { makeAuditEntries } from '#server/features/demo/audit.ts';
import type { AuditSubject } from '#server/features/demo/audit.ts';
import { defaultDemoSizes } from '#server/features/demo/demoOptions.ts';
import { createDemoWorld, day } from '#server/features/demo/demoWorld.ts';
import { somePerson } from '#server/features/demo/names.ts';
import { planTenants } from '#server/features/demo/tenants.ts';

export const kind = 'auditEntry';
export const pageSize = 100;
const staff = 40;
const years = 3;
/** What the log would end at; nothing in the work depends on the day it is done. */
const now = Date.UTC(2026, 10, 1);

/** What every storage is asked: to SQLite as the console asks, to the others in RxDB's own terms. */
export interface Question {
  name: string;
  /** A page, how many there are, or both. */
  wants: 'page' | 'count' | 'page and count';
  offset: number;
  list: ListRequest;
  mango: MangoQuery<StoredDocument>;
  /**
   * True where our storage leaves the deciding to RxDB's matcher: it is read in parts that are sorted anew each, which takes
   * minutes with 100,000 rows. The console asks nothing of the kind.
   */
  matched?: true;
}

/** Entries as the server keeps them, oldest first: 300 tenants, 40 people, three years. The same count gives the same. */
export function* auditEntries(count: number): Generator<RecordEnvelope> {
  const world = createDemoWorld({ ...defaultDemoSizes, auditEntries: count, seed: 1, now });
  const plans = planTenants(world);
  const subjectsOf = (subject: string): AuditSubject[] =>
    plans.map((plan) => ({
      name: subject === 'tenant' ? plan.company.name : `${subject} of ${plan.company.name}`,
      record: {
        ...emptyRecord,
        kind: subject,
        tenantId: plan.id,
        id: subject === 'tenant' ? plan.id : world.idAt(now),
      },
    }));
  const subjects = new Map(
    ['tenant', 'referral', 'rule', 'anomaly', 'payout', 'flag'].map((subject) => [subject, subjectsOf(subject)]),
  );
  const people = Array.from({ length: staff }, () => {
    const { name } = somePerson(world.random);
    return { id: world.idAt(now - years * 365 * day), name, roleKey: 'support' };
  });
  const longer = { ...world, risingMoments: (many: number) => world.risingMoments(many, years * 365) };
  let number = 0;
  let prevHash = '';
  for (const entry of makeAuditEntries(longer, people, subjects)) {
    const hash = world.random.hex(64);
    yield { ...entry, body: { ...entry.body, number: ++number, prevHash, hash } };
    prevHash = hash;
  }
}

const emptyRecord: RecordEnvelope = {
  id: '',
  kind: '',
  tenantId: '',
  status: '',
  assignedTo: '',
  createdAt: '',
  createdBy: '',
  updatedAt: '',
  updatedBy: '',
  version: 1,
  body: {},
};

export function rowOf(record: RecordEnvelope): BulkWriteRow<StoredDocument> {
  return { document: toStored({ record, pending: null }) };
}

let template: RecordEnvelope | undefined;

/** An entry newer than all others, the `index`th of them. */
export function newestEntry(index: number): RecordEnvelope {
  template ??= sampleOf(100);
  const at = now + (index + 1) * 60_000;
  const instant = new Date(at).toISOString();
  const time = at.toString(16).padStart(12, '0');
  return {
    ...template,
    id: `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(index).padStart(12, '0')}`,
    createdAt: instant,
    updatedAt: instant,
    body: { ...template.body, at: instant },
  };
}

/** An entry of the log's second half whose values the questions look for. */
export function sampleOf(count: number): RecordEnvelope {
  const latin = /^[ -~]{7,}$/;
  let index = 0;
  for (const entry of auditEntries(count)) {
    const { actorName, resourceName } = entry.body;
    if (
      index++ >= count / 2 &&
      latin.test(String(actorName)) &&
      latin.test(String(resourceName)) &&
      entry.tenantId !== ''
    )
      return entry;
  }
  throw new Error('nobody with a Latin name did anything to a tenant with one');
}

const newest: MangoQuerySortPart<StoredDocument>[] = [{ updatedAt: 'desc' }, { id: 'desc' }];

/** The list as it is when somebody opens it. */
export const defaultList: Question = {
  name: 'default list, newest first',
  wants: 'page',
  offset: 0,
  list: { kind, conditions: [], words: [], order: [] },
  mango: { selector: {}, sort: newest, limit: pageSize },
};

/** The questions of the design note, about entries that are there: `sample` is one from the middle. */
export function questionsFor(count: number, sample: RecordEnvelope): Question[] {
  const { tenantId, body } = sample;
  const text = (path: string) => String(body[path] ?? '');
  const list = (conditions: ListRequest['conditions'] = [], rest: Partial<ListRequest> = {}): ListRequest => ({
    kind,
    conditions,
    words: [],
    order: [],
    ...rest,
  });
  const mango = (selector: object, sort: object[] = newest, skip = 0) =>
    ({ selector, sort, skip, limit: pageSize }) as MangoQuery<StoredDocument>;
  const person = text('actorName').slice(0, 5).toLowerCase();
  const place = text('resourceName').slice(-7).toLowerCase();
  const like = (value: string) => ({ $regex: escaped(value), $options: 'i' });
  const at = (offset: number): Question => ({
    name: `page at offset ${offset.toLocaleString('en')}`,
    wants: 'page',
    offset,
    list: list(),
    mango: mango({}, newest, offset),
  });
  const searched = ['actorName', 'resourceName', 'resource', 'reason', 'resourceId'];
  return [
    defaultList,
    {
      name: 'tenant filter, newest first',
      wants: 'page',
      offset: 0,
      list: list([{ path: 'tenantId', operator: 'is', value: tenantId }]),
      mango: mango({ tenantId }),
    },
    at(50_000),
    ...(count > 500_000 ? [at(500_000)] : []),
    {
      name: 'contains over two columns, page and count',
      wants: 'page and count',
      offset: 0,
      list: list([
        { path: 'body.actorName', operator: 'contains', value: person },
        { path: 'body.resourceName', operator: 'contains', value: place },
      ]),
      mango: mango({ 'body.actorName': like(person), 'body.resourceName': like(place) }),
      matched: true,
    },
    {
      name: 'search one word in five columns, page and count',
      wants: 'page and count',
      offset: 0,
      list: list([], { words: [place] }),
      mango: mango({ $or: searched.map((path) => ({ [`body.${path}`]: like(place) })) }),
      matched: true,
    },
    {
      name: 'sort by a field without index',
      wants: 'page',
      offset: 0,
      list: list([], { order: [{ path: 'body.resourceName', descending: false }] }),
      mango: mango({}, [{ 'body.resourceName': 'asc' }, { id: 'asc' }]),
    },
    {
      name: 'filter on a JSON field that is no column',
      wants: 'page',
      offset: 0,
      list: list([{ path: 'body.session', operator: 'is', value: text('session') }]),
      mango: mango({ 'body.session': text('session') }),
    },
    {
      name: 'count of a filter',
      wants: 'count',
      offset: 0,
      list: list([{ path: 'body.action', operator: 'is', value: 'transition' }]),
      mango: { selector: { 'body.action': 'transition' } },
    },
  ];
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
