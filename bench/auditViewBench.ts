import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { foldText } from '#shared/replica/foldText.ts';
import type { ListRequest } from '#shared/replica/listRequest.ts';
import { securityActions } from '#renderer/data/audit/actionGroups.ts';
import { conditionsOf, noAuditFilters } from '#renderer/data/audit/auditFilters.ts';
import type { AuditFilters } from '#renderer/data/audit/auditFilters.ts';
import { createChainRunner } from '#renderer/data/audit/thread/chainRunner.ts';
import type { ChainWorker } from '#renderer/data/audit/thread/chainRunner.ts';
import type { FromChainThread, ToChainThread } from '#renderer/data/audit/thread/chainTasks.ts';
import { createChainThread } from '#renderer/data/audit/thread/chainThread.ts';
import { listRequestOf } from '#renderer/data/read/listRequestOf.ts';
import { chooseStorage } from '#renderer/data/storage/chooseStorage.ts';
import { createLocalStore } from '#renderer/data/storage/localStore.ts';
import type { LocalStore } from '#renderer/data/storage/localStore.ts';
import { openDatabase } from '#renderer/data/storage/openDatabase.ts';
import { chainEntry, saltLength } from '#server/sync/auditTrail.ts';
import { forkEngine } from '#tests/support/storageForkEngine.ts';
import { percentile } from './measure.ts';
import type { Measure } from './measure.ts';
import { auditEntries } from './replica/workload.ts';

const stored = 300_000;
const atOnce = 1000;
const pageSize = 100;
const repeats = 15;
/** Where the entries of the workload end. */
const now = Date.UTC(2026, 10, 1);

/** The log's page over 300,000 entries in the replica's engine, a process of its own: what it asks for each filter. */
export async function* benchAuditView(): AsyncGenerator<Measure> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  const engine = forkEngine(folder, 'libsql');
  const storage = chooseStorage(engine.connect);
  const store = createLocalStore(await openDatabase('bench', storage));
  try {
    const { sample, seconds } = await fill(store);
    yield { name: `store ${stored} entries`, unit: 'documents/s', value: stored / seconds, n: stored };
    for (const [name, list] of questions(sample)) yield* asked(store, name, list);
    yield* moves(store, sample);
    yield* verification(store);
    yield* csv(store);
  } finally {
    await store.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Entries sealed into a chain for each tenant, as the server seals them; sessions last a day. */
async function fill(store: LocalStore): Promise<{ sample: RecordEnvelope; seconds: number }> {
  const heads = new Map<string, { number: number; hash: string }>();
  let batch: RecordEnvelope[] = [];
  let sample: RecordEnvelope | undefined;
  let milliseconds = 0;
  let index = 0;
  const write = async () => {
    const started = performance.now();
    await store.write(
      'audit',
      batch.map((record) => ({ record, pending: null })),
      new Map(),
    );
    milliseconds += performance.now() - started;
    batch = [];
  };
  for (const { body, ...rest } of auditEntries(stored)) {
    const salt = createHash('sha256').update(String(index)).digest().subarray(0, saltLength);
    const session = `${String(body['actorId']).slice(-12)}-${String(body['at']).slice(0, 10)}`;
    const chained = chainEntry({ ...rest, body: { ...body, session } }, heads.get(rest.tenantId), salt);
    heads.set(rest.tenantId, chained.head);
    batch.push(chained.entry);
    index += 1;
    const isLatin = /^[ -~]{7,}$/.test(`${String(body['actorName'])}${String(body['resourceName'])}`);
    if (index > stored / 2 && !sample && rest.tenantId !== '' && body['action'] === 'transition' && isLatin)
      sample = chained.entry;
    if (batch.length === atOnce) await write();
  }
  if (!sample) throw new Error('nobody with a Latin name moved anything on');
  return { sample, seconds: milliseconds / 1000 };
}

/** What the page asks for the filters a person can choose, about an entry that is there. */
function questions({ tenantId, body }: RecordEnvelope): [string, ListRequest][] {
  const text = (name: string) => String(body[name] ?? '');
  const at = Date.parse(text('at'));
  const from = new Date(at - 15 * 86_400_000).toISOString();
  const until = new Date(at + 15 * 86_400_000).toISOString();
  const asks = (filters: Partial<AuditFilters>, sort: { path: string; descending: boolean }[] = []): ListRequest =>
    listRequestOf({
      kind: 'auditEntry',
      tenantId: filters.tenantId ?? '',
      filters: conditionsOf({ ...noAuditFilters, ...filters }, text('actorId'), now),
      search: filters.text ?? '',
      sort: sort.length > 0 ? sort : [{ path: 'body.at', descending: true }],
    });
  const by = (path: string, descending = false) => [{ path, descending }];
  const person = foldText(text('actorName')).split(' ')[0] ?? '';
  const thing = foldText(text('resourceName')).split(' ').at(-1) ?? '';
  return [
    ['everything', asks({})],
    ['person', asks({ actorId: text('actorId') })],
    ['action', asks({ actions: ['transition'] })],
    ['rare action', asks({ actions: ['export'] })],
    ['no such action', asks({ actions: ['key_rotation'] })],
    ['resource', asks({ resources: ['rule'] })],
    ['tenant', asks({ tenantId })],
    ['thirty days', asks({ from, until })],
    ['address', asks({ address: text('address').slice(0, 24) })],
    ['session', asks({ session: text('session') })],
    ['request', asks({ requestId: text('requestId') })],
    ['number', asks({ number: text('number') })],
    ['number in a tenant', asks({ number: text('number'), tenantId })],
    ['one record', asks({ recordId: text('resourceId') })],
    ['security events', asks({ view: 'security' })],
    ['text, one word', asks({ text: thing })],
    ['text, two words', asks({ text: `${person} ${thing}` })],
    ['text that is nowhere', asks({ text: 'zzyzx' })],
    ['person, action', asks({ actorId: text('actorId'), actions: ['transition'] })],
    ['tenant, action, thirty days', asks({ tenantId, actions: ['transition'], from, until })],
    ['security events, thirty days, text', asks({ view: 'security', from, until, text: person })],
    ['person, resource, text', asks({ actorId: text('actorId'), resources: ['rule'], text: thing })],
    ['sorted by person', asks({}, by('body.actorName'))],
    ['sorted by name of the record', asks({}, by('body.resourceName'))],
    ['action, sorted by name of the record', asks({ actions: ['transition'] }, by('body.resourceName', true))],
    ['tenant, sorted by action', asks({ tenantId }, by('body.action'))],
    [`all of ${securityActions.length} actions, sorted by number`, asks({ view: 'security' }, by('body.number'))],
  ];
}

/** The first page and the count, from the question to the documents in this process; the engine's own share besides. */
async function* asked(store: LocalStore, name: string, list: ListRequest): AsyncGenerator<Measure> {
  const pages = await repeat(() => store.lists.page({ list, offset: 0, limit: pageSize }));
  const counts = await repeat(() => store.lists.count(list));
  for (const [what, times] of [
    ['first page', pages],
    ['count', counts],
  ] as const) {
    yield { name: `${name}: ${what}, p50`, unit: 'ms', value: percentile(times, 0.5), n: times.length };
    yield { name: `${name}: ${what}, fastest`, unit: 'ms', value: Math.min(...times), n: times.length };
  }
  yield { name: `${name}: rows`, unit: 'rows', value: await store.lists.count(list), n: 1 };
}

/** What moves about in the log, and what is drawn from it as a whole. */
async function* moves(store: LocalStore, { body }: RecordEnvelope): AsyncGenerator<Measure> {
  const all = listRequestOf({ kind: 'auditEntry', sort: [{ path: 'body.at', descending: true }] });
  const actorId = String(body['actorId']);
  const mine = listRequestOf({
    kind: 'auditEntry',
    filters: [
      { path: 'body.actorId', operator: 'is', value: actorId },
      { path: 'body.at', operator: 'greater', value: new Date(now - 90 * 86_400_000).toISOString() },
    ],
  });
  const everything = { kind: 'auditEntry', conditions: [], words: [], order: [] };
  const tell = async (name: string, work: () => Promise<unknown>): Promise<Measure> => {
    const times = await repeat(work);
    return { name: `${name}, p50`, unit: 'ms', value: percentile(times, 0.5), n: times.length };
  };
  const end = { list: all, offset: stored - pageSize, limit: pageSize, count: stored };
  yield await tell('jump to the end', () => store.lists.page(end));
  yield await tell('jump to the middle', () => store.lists.page({ ...end, offset: stored / 2 }));
  yield await tell('place of a day', () => store.lists.position({ list: all, value: String(body['at']) }));
  const hours = { list: mine, by: [{ path: 'body.at', prefix: 13 }] };
  yield await tell("a person's activity of 90 days", () => store.lists.groups(hours));
  yield await tell('entries of each kind of record', () =>
    store.lists.groups({ list: everything, by: [{ path: 'body.resource' }] }),
  );
  yield await tell('entries of each chain', () => store.lists.groups({ list: everything, by: [{ path: 'tenantId' }] }));
}

/** Every chain by the thread's own code, here in Node's main thread; read from the engine. */
async function* verification(store: LocalStore): AsyncGenerator<Measure> {
  const groups = await store.lists.groups({
    list: { kind: 'auditEntry', conditions: [], words: [], order: [] },
    by: [{ path: 'tenantId' }],
  });
  const known = { gaps: [], heads: [], witnessed: undefined, fromStart: true, toEnd: true };
  const chains = groups.map(({ values }) => ({ tenantId: String(values[0]), ...known }));
  const runner = createChainRunner(() => store.texts, inThisThread);
  const started = performance.now();
  const task = { task: 'verify' as const, serverId: 'server-1', keys: [], trusted: '', since: '', chains };
  const done = await runner.run(task, () => undefined);
  const seconds = (performance.now() - started) / 1000;
  if (done.outcome !== 'done' || done.answer.reports.some(({ findings }) => findings.length > 0))
    throw new Error(`the chains do not hold: ${JSON.stringify(done).slice(0, 500)}`);
  const entries = groups.reduce((sum, { count }) => sum + count, 0);
  yield { name: `verify all ${chains.length} chains`, unit: 'rows/s', value: entries / seconds, n: entries };
  runner.close();
}

/** The whole log as CSV by the thread's own code, without a file. */
async function* csv(store: LocalStore): AsyncGenerator<Measure> {
  const runner = createChainRunner(() => store.texts, inThisThread);
  let characters = 0;
  const list = { kind: 'auditEntry', conditions: [], words: [], order: [] };
  const started = performance.now();
  const done = await runner.run({ task: 'export', format: 'csv', list }, (part) => {
    characters += part.text.length;
  });
  const seconds = (performance.now() - started) / 1000;
  if (done.outcome !== 'done' || done.answer.entries !== stored) throw new Error('the export is not whole');
  yield { name: 'export as CSV', unit: 'rows/s', value: stored / seconds, n: stored };
  yield { name: 'export as CSV, size', unit: 'MB', value: characters / 1e6, n: 1 };
  runner.close();
}

function inThisThread(): ChainWorker {
  let listen: (message: FromChainThread) => void = () => undefined;
  const thread = createChainThread({
    post: (message) => listen(message),
    breathe: () => new Promise((resume) => setImmediate(resume)),
  });
  return {
    postMessage: (message: ToChainThread) => thread.receive(message),
    onMessage: (listener) => (listen = listener),
    onEnd: () => undefined,
    terminate: () => (listen = () => undefined),
  };
}

async function repeat(work: () => Promise<unknown>): Promise<number[]> {
  await work();
  const times: number[] = [];
  while (times.length < repeats) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
    // What takes long is not repeated so often.
    if (times.length >= 3 && percentile(times, 0.5) > 1000) break;
  }
  return times;
}
