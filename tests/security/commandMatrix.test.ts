import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandArguments, commandPermissions } from '#shared/domain/automation/commands.ts';
import type { AutomationCommand } from '#shared/domain/automation/commands.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { connectWith, newTask } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { startMatrixServer } from '#tests/support/matrixServer.ts';
import type { MatrixPerson, MatrixServer } from '#tests/support/matrixServer.ts';

/** What each command is told, about things of a tenant. */
const given: Readonly<Record<AutomationCommand, (tenant: 'own' | 'other') => JsonObject>> = {
  replayEvents: (tenant) => ({ eventIds: [`{${tenant}Event}`] }),
  retryRuns: (tenant) => ({ runIds: [`{${tenant}Run}`] }),
  cancelRuns: (tenant) => ({ runIds: [`{${tenant}Run}`], reason: 'Not now' }),
  retryEvents: (tenant) => ({ eventIds: [`{${tenant}Event}`] }),
  editEvent: (tenant) => ({ eventId: `{${tenant}Event}`, data: {} }),
  ignoreEvents: (tenant) => ({ eventIds: [`{${tenant}Event}`], reason: 'Known' }),
  runRule: (tenant) => ({ ruleId: `{${tenant}Rule}` }),
  runSkipped: (tenant) => ({ ruleId: `{${tenant}Rule}` }),
  discardSkipped: (tenant) => ({ ruleId: `{${tenant}Rule}` }),
  reportExport: (tenant) => ({
    format: 'csv',
    entries: 3,
    exportedAt: '2026-03-01T10:00:00.000Z',
    tenantId: `{${tenant}}`,
  }),
};
/** Refusals that are about rights, as opposed to what the thing is like. */
const aboutRights = /permission|that you may/;

let server: MatrixServer;
let desk: ProtocolClient;
beforeAll(async () => {
  server = await startMatrixServer();
  desk = await clientOf(server.people[0]);
});
afterAll(async () => {
  desk.close();
  await server.stop();
});

it('every command is in the matrix', () => {
  expect(Object.keys(given).toSorted()).toEqual(Object.keys(commandArguments).toSorted());
});

it('a command reaches what its giver may change, in their tenants, and nothing else', async () => {
  const wanted = new Map<string, { what: string; allowed: boolean }>();
  const wrong: string[] = [];
  for (const person of server.people.filter(({ present }) => present)) {
    const client = await clientOf(person);
    for (const type of Object.keys(given) as AutomationCommand[]) {
      for (const tenant of ['own', 'other'] as const) {
        const { doc } = commandOf(type, tenant);
        const answer = await client.push('runs', [{ baseVersion: 0, doc }]);
        const what = `${type} (${tenant}) as ${person.name}`;
        const taken = answer.ok && answer.rejections.length === 0;
        if (taken !== holds(person, 'commands.create', tenant)) wrong.push(`${what}: ${JSON.stringify(answer)}`);
        if (taken) wanted.set(doc.id, { what, allowed: mayChange(person, commandPermissions[type], tenant) });
      }
    }
    client.close();
  }
  expect(wanted.size).toBeGreaterThan(100);
  await expect.poll(async () => (await commands()).filter(isUnderWay).length, { timeout: 20_000 }).toBe(0);
  for (const { id, status, body } of await commands()) {
    const one = wanted.get(id);
    const refused = status === 'refused' && aboutRights.test(String(body['problem']));
    if (one && refused === one.allowed) wrong.push(`${one.what}: ${status} ${String(body['problem'])}`);
  }
  expect(wrong).toEqual([]);
  expect(server.errors).toEqual([]);
});

it('a rule is run only by who may do what its steps do, and has proved who they are for what is dangerous', async () => {
  const wanted = new Map<string, { what: string; allowed: boolean; proof: boolean }>();
  for (const person of server.people.filter(({ present }) => present)) {
    for (const stale of [false, true]) {
      const client = await clientOf(person, stale);
      for (const tenant of ['own', 'other'] as const) {
        const { doc } = commandOf('runRule', tenant);
        const ruleId: string = server.fill(`{${tenant}PayingRule}`);
        const paying = { ...doc, body: { ...doc.body, args: { ruleId } } };
        const answer = await client.push('runs', [{ baseVersion: 0, doc: paying }]);
        if (!answer.ok || answer.rejections.length > 0) continue;
        const allowed = ['automation.edit', 'payouts.approve'].every((one) => mayChange(person, one, tenant));
        wanted.set(doc.id, {
          what: `${tenant} as ${person.name}, ${stale}`,
          allowed: allowed && !stale,
          proof: allowed,
        });
      }
      client.close();
    }
  }
  expect([...wanted.values()].filter(({ proof }) => proof).length).toBeGreaterThan(3);
  await expect.poll(async () => (await commands()).filter(isUnderWay).length, { timeout: 20_000 }).toBe(0);
  const wrong: string[] = [];
  for (const { id, status, body } of await commands()) {
    const one = wanted.get(id);
    if (!one) continue;
    const problem = String(body['problem']);
    const fits = one.allowed
      ? status === 'done'
      : status === 'refused' && (one.proof ? /asks again who you are/ : aboutRights).test(problem);
    if (!fits) wrong.push(`${one.what}: ${status} ${problem}`);
  }
  expect(wrong).toEqual([]);
});

function clientOf(person: MatrixPerson | undefined, stale = false): Promise<ProtocolClient> {
  if (!person) throw new Error('there is nobody');
  const session = { accessToken: server.tokenOf(person, stale) };
  return connectWith(server.url, session as Parameters<typeof connectWith>[1], 'matrix');
}

function commandOf(type: AutomationCommand, tenant: 'own' | 'other') {
  const { doc } = newTask('A command');
  const body = { type, args: server.fill(given[type](tenant)), progress: 0, result: {}, problem: '' };
  return { doc: { ...doc, kind: 'command', status: 'queued', tenantId: server.fill(`{${tenant}}`), body } };
}

async function commands(): Promise<RecordEnvelope[]> {
  const { documents } = await desk.pullAll('runs');
  return documents.flatMap((document) => (isTombstone(document) || document.kind !== 'command' ? [] : [document]));
}

function isUnderWay({ status }: RecordEnvelope): boolean {
  return status === 'queued' || status === 'running';
}

/** The rule in its plainest words, written apart from the code that is tested. */
function holds(person: MatrixPerson, permission: string, tenant: 'own' | 'other'): boolean {
  if (person.limited && tenant === 'other') return false;
  return ['*', `${permission.split('.')[0]}.*`, permission].some((one) => person.permissions.includes(one));
}

function mayChange(person: MatrixPerson, permission: string, tenant: 'own' | 'other'): boolean {
  return holds(person, permission, tenant) && holds(person, `${permission.split('.')[0]}.view_all`, tenant);
}
