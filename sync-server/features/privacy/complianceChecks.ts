import { readdir } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { textsIn } from '#shared/domain/privacy/walkJson.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { complianceChecks } from '#shared/protocol/privacy.ts';
import type { ComplianceAnswer, ComplianceCheck } from '#shared/protocol/privacy.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { staff } from '#shared/resources/access/staff.ts';
import type { StoreReader } from '../../storage/store.ts';
import { everyHead } from './everyHead.ts';
import { saltArea } from './networks.ts';
import { holdsRawAddress } from './rawAddresses.ts';
import { privateKind } from './requestSubject.ts';
import { visitAll } from './visitEverything.ts';

export interface ComplianceParts {
  store: StoreReader;
  clock: Clock;
  /** Folder of files that the server writes besides its store; '' = none. */
  folder: string;
  /** Whether a person holds a permission that is dangerous, and has no second factor. */
  isExposed: (staffId: string) => Promise<boolean>;
}

const listed = 50;
const hour = 3600 * 1000;
/** Milliseconds. Longer than this no salt may be there, and no head unsigned. */
const saltKept = 48 * hour;
const unsignedFor = 24 * hour;
/** Fields in which an address is what they are for, such as where a webhook is sent. Their own machines are no persons. */
const technicalFields = /(^|\.)(url|host|origin|landingPage|logoUrl|customDomain)$/u;

/** Looks through everything for what ought not to be there. Findings say where, never what. */
export async function runComplianceChecks({
  store,
  clock,
  folder,
  isExposed,
}: ComplianceParts): Promise<ComplianceAnswer> {
  const now = clock();
  const found = new Map<ComplianceCheck, ComplianceAnswer['checks'][number]>(
    complianceChecks.map((check) => [check, { check, looked: 0, count: 0, findings: [] }]),
  );
  const look = (check: ComplianceCheck) => {
    const one = found.get(check);
    if (one) one.looked += 1;
  };
  const tell = (check: ComplianceCheck, kind: string, id: string, path: string) => {
    const one = found.get(check);
    if (!one) return;
    one.count += 1;
    if (one.findings.length < listed) one.findings.push({ kind, id, path });
  };
  const inRecord: Readonly<Record<string, (record: RecordEnvelope) => Promise<void> | void>> = {
    privacyRequest: (record) => {
      look('missing_deadlines');
      const dueAt = textIn(record.body, 'dueAt');
      if (dueAt === '') tell('missing_deadlines', record.kind, record.id, 'body.dueAt');
      if (record.status === 'done' || record.status === 'refused') return;
      look('overdue_requests');
      if (dueAt !== '' && Date.parse(dueAt) < now) tell('overdue_requests', record.kind, record.id, 'body.dueAt');
    },
    apiKey: (record) => {
      if (record.status !== 'active') return;
      look('keys_without_expiry');
      if (textIn(record.body, 'expiresAt') === '')
        tell('keys_without_expiry', record.kind, record.id, 'body.expiresAt');
    },
    staff: async (record) => {
      if (record.status !== 'active') return;
      look('no_second_factor');
      if (await isExposed(record.id)) tell('no_second_factor', record.kind, record.id, '');
      for (const [index, held] of (staff.body.safeParse(record.body).data?.roles ?? []).entries()) {
        look('grants_without_reason');
        if (held.reason.trim() === '') tell('grants_without_reason', record.kind, record.id, `body.roles.${index}`);
      }
    },
  };
  await visitAll(store, {
    record: async (record) => {
      look('raw_addresses');
      for (const { path, text } of textsIn(record.body))
        if (!technicalFields.test(path) && holdsRawAddress(text))
          tell('raw_addresses', record.kind, record.id, `body.${path}`);
      await inRecord[record.kind]?.(record);
    },
    entry: ({ area, key, value }) => {
      look('raw_addresses');
      if (area === saltArea) {
        look('old_salts');
        if (!(now - Date.parse(key) <= saltKept)) tell('old_salts', privateKind(area), key, '');
        return;
      }
      if (holdsRawAddress(key)) tell('raw_addresses', privateKind(area), key, 'key');
      for (const { path, text } of textsIn(value))
        if (!technicalFields.test(path) && holdsRawAddress(text)) tell('raw_addresses', privateKind(area), key, path);
    },
    job: (job) => {
      look('raw_addresses');
      for (const { path, text } of textsIn(job.payload))
        if (!technicalFields.test(path) && holdsRawAddress(text))
          tell('raw_addresses', privateKind('jobs'), job.id, path);
    },
    session: ({ id, address }) => {
      look('raw_addresses');
      if (holdsRawAddress(address)) tell('raw_addresses', privateKind('sessions'), id, 'address');
    },
  });
  await lookAtFiles(folder, look, tell);
  await lookAtHeads(store, now, look, tell);
  return { checkedAt: new Date(now).toISOString(), checks: [...found.values()] };
}

type Look = (check: ComplianceCheck) => void;
type Tell = (check: ComplianceCheck, kind: string, id: string, path: string) => void;

/** Log files, line by line. The store's own files are looked at as records. */
async function lookAtFiles(folder: string, look: Look, tell: Tell): Promise<void> {
  if (folder === '') return;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/\.(log|json|txt|ndjson)$/u.test(name)) continue;
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(join(folder, name), 'utf8') })) {
      line += 1;
      look('raw_addresses');
      if (holdsRawAddress(text)) tell('raw_addresses', 'file', name, String(line));
    }
  }
}

async function lookAtHeads(store: StoreReader, now: number, look: Look, tell: Tell): Promise<void> {
  const signed = new Map<string, RecordEnvelope>();
  for (const head of await store.recordsOfKind('auditHead')) if (!isTombstone(head)) signed.set(head.tenantId, head);
  for (const { tenantId, number } of await everyHead(store)) {
    look('unsigned_heads');
    const head = signed.get(tenantId);
    const reached = Number(head?.body['number'] ?? 0);
    if (reached >= number) continue;
    // However long the log was quiet before: what was written since the last signature has a day to be signed.
    const [first] = await store.chainEntries(tenantId, reached + 1, 1);
    const since = Date.parse(first?.createdAt ?? '');
    if (!(now - since <= unsignedFor)) tell('unsigned_heads', 'auditHead', tenantId, '');
  }
}
