import type { SubjectSpec } from '#shared/domain/privacy/subject.ts';
import { rmSync } from 'node:fs';
import { createReplica } from '#renderer/data/replica.ts';
import type { OpenedReplica } from '#renderer/data/replica.ts';
import { chooseStorage } from '#renderer/data/storage/chooseStorage.ts';
import { createSocketTransport } from '#renderer/data/sync/socketTransport.ts';
import { seedDemo } from '#server/commands/seedDemo.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { createWriteBatch } from '#server/sync/writeBatch.ts';
import { textsIn } from '#shared/domain/privacy/walkJson.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { success } from '#shared/kernel/result.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource, resources } from '#shared/resources/registry.ts';
import { openBareInstances } from './bareInstances.ts';
import { startEngine } from './engineInProcess.ts';
import { planted, tracesIn } from './plantedPerson.ts';
import { recordFrom, recordTemplates } from './recordTemplates.ts';
import { smallDemo } from './serverProcess.ts';
import { temporaryFolder } from './temporaryFolder.ts';

export const clock = () => Date.now();
export const ids = createUuidV7Source(clock, (length) => crypto.getRandomValues(new Uint8Array(length)));

/** Signed by the server, or of a chain of their own: nobody types anything into them. */
const untouchable = new Set(['auditEntry', 'auditKey', 'auditHead', 'auditGap', 'privacyRequest', 'role', 'legalHold']);
const persons: Readonly<Record<string, readonly [string, string]>> = {
  member: ['name', 'email'],
  staff: ['displayName', 'email'],
  payout: ['recipientName', 'recipientEmail'],
  referralCode: ['ownerName', 'ownerEmail'],
  referral: ['referredName', 'referredEmail'],
};

export interface PlantedData {
  folder: string;
  tenantId: string;
  staffId: string;
  memberId: string;
  /** Records that hold the person. */
  planted: string[];
  remove: () => void;
}

/** A server's folder with demo data and a person in every kind of record and every private area. */
export async function plantPerson(): Promise<PlantedData> {
  const folder = temporaryFolder('erasure');
  const store = openSqliteStore(folder, clock);
  const option = (name: string) => Number(smallDemo[smallDemo.indexOf(`--demo-${name}`) + 1]);
  const sizes = {
    tenants: option('tenants'),
    rules: option('rules'),
    events: 400,
    auditEntries: 400,
    referrals: option('referrals'),
    clicks: option('clicks'),
    anomalies: option('anomalies'),
  };
  await seedDemo(store, sizes, clock, ids);
  const tenantId = (await store.recordsOfKind('tenant'))[0]?.id ?? '';
  const templates = recordTemplates(clock());
  const made = new Map<string, RecordEnvelope>();
  for (const resource of resources) {
    if (untouchable.has(resource.kind)) continue;
    const inTenant = resource.scope === 'platform' ? '' : tenantId;
    const at = new Date(clock()).toISOString();
    const record = recordFrom(templates, resource, ids, {
      ...(resource.kind === 'tenant' ? {} : { tenantId: inTenant }),
      createdAt: at,
      updatedAt: at,
    });
    if (resource.kind === 'tenant') record.tenantId = record.id;
    made.set(resource.kind, fill(record));
  }
  const staffId = made.get('staff')?.id ?? '';
  const memberId = made.get('member')?.id ?? '';
  const [event, session, notification] = [made.get('event'), made.get('session'), made.get('notification')];
  if (event) event.body = { ...event.body, entityType: 'member', entityId: memberId };
  if (session) session.body = { ...session.body, staffId };
  if (notification) notification.assignedTo = staffId;
  const inJson: Json = {
    to: planted.email.toUpperCase(),
    [planted.email]: [`Dear ${planted.name},`, JSON.stringify({ name: planted.name })],
    tenantId,
    staffId: 'somebody',
  };
  await store.transaction(async (transaction) => {
    const batch = createWriteBatch(transaction, { clock, ids });
    for (const record of made.values()) {
      const actor = { id: staffId, name: planted.name, device: `${planted.name}’s laptop` };
      const reason = `Asked for by ${planted.email}`;
      await batch.load([record.id]);
      await batch.write({ after: record, actor, reason, madeAt: '', requestId: 'plant' });
    }
    for (const area of ['webhookLog', 'run', 'idempotency', 'notYetThoughtOf'])
      batch.putEntry(area, `${area}-planted`, inJson, clock() + 3_600_000);
    batch.putEntry('attempts', `login|${planted.email}`, { failures: 3 });
    batch.putEntry('secondFactor', staffId, { secret: 'sealed' });
    batch.enqueue('nobodyDoesThis', { mail: inJson }, { dueAt: clock() + 3_600_000, id: 'job-waiting' });
    batch.also(async (next) => {
      await next.enqueueJobs([{ id: 'job-dead', type: 'nobodyDoesThis', payload: {}, dueAt: 0 }]);
      await next.failJob('job-dead', `No such mailbox: ${planted.email}`, undefined);
      await next.putCredential({ staffId, secret: 'hash' });
      const times = { createdAt: clock(), lastSeenAt: clock(), revokedAt: 0 };
      const device = `${planted.name}’s phone`;
      await next.putSession({ id: 'session-planted', staffId, clientId: 'phone', device, address: '', ...times });
      await next.putRefreshToken({ hash: 'token', sessionId: 'session-planted', issuedAt: clock(), usedAt: 0 });
    });
    await batch.flush();
  });
  await store.close();
  return {
    folder,
    tenantId,
    staffId,
    memberId,
    planted: [...made.values()]
      .filter((record) => tracesIn(JSON.stringify(record.body)).length > 0)
      .map((record) => `${record.kind}:${record.id}`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Puts the person into their fields, and into every free text that takes it. */
function fill(record: RecordEnvelope): RecordEnvelope {
  const resource = requireResource(record.kind);
  const [name, email] = persons[record.kind] ?? [];
  let body: JsonObject = { ...record.body };
  if (name !== undefined && email !== undefined) body = { ...body, [name]: planted.name, [email]: planted.email };
  const texts = [
    `${planted.name.toUpperCase()} <${planted.email.toUpperCase()}>`,
    `wrote ${planted.name.normalize('NFD')}`,
    planted.email,
  ];
  let turn = 0;
  for (const { path, text } of textsIn(body)) {
    const field = path.split('.')[0] ?? '';
    if (field === name || field === email || field.endsWith('Id')) continue;
    const changed = put(body, path.split('.'), texts[turn % texts.length] ?? '', text) as JsonObject;
    if (!resource.body.safeParse(changed).success) continue;
    body = changed;
    turn += 1;
  }
  for (const field of resource.unique.flatMap((rule) => rule.fields).filter((one) => one !== email))
    for (const value of ['planted', 'PLANTED', `planted.${record.kind}`])
      if (resource.body.safeParse({ ...body, [field]: value }).success) body = { ...body, [field]: value };
  return { ...record, body };
}

function put(value: Json, [name, ...rest]: string[], text: string, before: string): Json {
  if (name === undefined) return value === before ? text : value;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === name ? put(item, rest, text, before) : item));
  return isJsonObject(value) && value[name] !== undefined
    ? { ...value, [name]: put(value[name], rest, text, before) }
    : value;
}

export interface RealConsole {
  replica: OpenedReplica;
  folder: string;
  /** Whom the console was told that they were erased. */
  erased: readonly SubjectSpec[];
  close: () => Promise<void>;
}

/** A console's data layer over a real connection, with its replica in files. */
export async function openConsole(serverUrl: string, session: SessionAnswer): Promise<RealConsole> {
  const engine = startEngine('node');
  const storage = chooseStorage(engine.connect);
  const erased: SubjectSpec[] = [];
  const kept = { refreshToken: session.refreshToken, email: session.staff.email, serverUrl };
  const replica = await createReplica({
    serverUrl,
    clientId: 'console',
    appVersion: '0',
    account: {
      restore: async () => kept,
      login: async () => success(kept),
      accessToken: async () => success(session.accessToken),
      forgetAccessToken: () => undefined,
      logout: async () => undefined,
      adopt: async () => kept,
      departure: async () => success({ ended: false, serverId: '' }),
      forget: async () => undefined,
      left: () => [],
      giveUp: async () => undefined,
    },
    leftovers: {
      save: async () => undefined,
      load: async () => '',
      belongTo: () => undefined,
      drafts: () => ({}),
      forgetDrafts: () => undefined,
      clean: (subject) => void erased.push(subject),
      cleaned: () => [],
      cleanedTold: () => undefined,
      putDrafts: () => undefined,
      forget: async () => undefined,
    },
    openLink: createSocketTransport(serverUrl),
    openStorage: (name) => openBareInstances(name, storage),
    clock,
    newId: ids,
    random: Math.random,
    pause: () => new Promise((wake) => setImmediate(wake)),
    schedule: (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  return {
    replica,
    erased,
    folder: engine.folder,
    close: async () => {
      await replica.close();
      engine.close();
    },
  };
}
