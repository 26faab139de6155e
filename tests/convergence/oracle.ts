import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { InboxEntry } from '#renderer/data/replicaApi.ts';
import { consoleRecords, serverRecords } from './schedule.ts';
import type { World } from './schedule.ts';

/** What is wrong after everything came to rest; empty when the invariants hold. */
export async function faultsOf(world: World): Promise<string[]> {
  return [
    ...queuesAreEmpty(world),
    ...(await replicasEqualTheServer(world)),
    ...(await nothingTypedIsLost(world)),
    ...(await auditIsWhole(world)),
  ];
}

function queuesAreEmpty({ consoles }: World): string[] {
  return consoles.flatMap(({ replica }, index) => {
    const { unsent, connection, problem, firstSync } = replica.status();
    const faults: string[] = [];
    if (connection !== 'online') faults.push(`console ${index} is ${connection}`);
    if (unsent > 0) faults.push(`console ${index} still has ${unsent} unsent edits`);
    if (problem) faults.push(`console ${index} has a problem: ${problem.code} ${problem.message}`);
    if (!firstSync.done) faults.push(`console ${index} never finished its first sync`);
    return faults;
  });
}

async function replicasEqualTheServer(world: World): Promise<string[]> {
  const stored = await serverRecords(world);
  const faults: string[] = [];
  for (const [index, one] of world.consoles.entries()) {
    const here = await consoleRecords(one);
    for (const [id, record] of stored) {
      const shown = here.get(id);
      if (isTombstone(record)) {
        if (shown) faults.push(`console ${index} shows ${record.kind} ${id}, which was deleted`);
      } else if (!shown) faults.push(`console ${index} lacks ${record.kind} ${id}`);
      else if (!jsonEqual(shown.record, record))
        faults.push(
          `console ${index} shows another ${record.kind} ${id}: ${canonicalJson(shown.record)} instead of ${canonicalJson(record)}`,
        );
    }
    for (const id of here.keys()) if (!stored.has(id)) faults.push(`console ${index} has ${id}, the server does not`);
  }
  return faults;
}

/**
 * A typed value is on the server, or was there (the audit log names it), or waits in an inbox, or the same console typed
 * over it, took it back or deleted the record before it was sent.
 */
async function nothingTypedIsLost(world: World): Promise<string[]> {
  const stored = await serverRecords(world);
  const audit = canonicalJson(await world.server.store.recordsOfKind('auditEntry'));
  const inboxes = world.consoles.map(({ replica }) => {
    let entries: readonly InboxEntry[] = [];
    replica.observeInbox((found) => (entries = found))();
    return canonicalJson(entries);
  });
  return world.typed.flatMap(({ consoleIndex, recordId, kind, value }) => {
    if (audit.includes(value)) return [];
    const record = stored.get(recordId);
    if (record && !isTombstone(record) && canonicalJson(record).includes(value)) return [];
    if (inboxes.some((inbox) => inbox.includes(value))) return [];
    if (world.log.some((line) => line.includes(`gave up ${value}`))) return [];
    return [`console ${consoleIndex} typed ${value} into ${kind} ${recordId}; it is nowhere`];
  });
}

async function auditIsWhole({ server }: World): Promise<string[]> {
  const entries = await server.store.recordsOfKind('auditEntry');
  const numbers = entries
    .map((entry) => (isTombstone(entry) ? 0 : Number(entry.body['number'])))
    .sort((left, right) => left - right);
  return numbers.every((number, index) => number === index + 1) ? [] : ['the audit chain has a gap'];
}
