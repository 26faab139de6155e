import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { connect } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { ConsolePage } from './consolePage.ts';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

const engineKills = Number(process.env['STEWARD_ENGINE_KILLS'] ?? 100);
const appKills = Number(process.env['STEWARD_APP_KILLS'] ?? 20);
const newId = createUuidV7Source(
  () => Date.now(),
  (length) => crypto.getRandomValues(new Uint8Array(length)),
);

/** Writes some hundred tasks a second on the server until told to stop; answers how many it wrote. */
async function writeTasks(client: ProtocolClient, stopped: () => boolean): Promise<number> {
  let written = 0;
  while (!stopped()) {
    const at = new Date().toISOString();
    const rows = Array.from({ length: 30 }, () => ({
      baseVersion: 0,
      doc: {
        id: newId(),
        kind: 'task',
        tenantId: '',
        status: 'open',
        assignedTo: '',
        createdAt: at,
        createdBy: '',
        updatedAt: at,
        updatedBy: '',
        version: 1,
        body: { title: `task ${written++}` },
      },
    }));
    const answer = await client.push('runs', rows);
    if (!answer.ok) throw new Error(answer.error.message);
    expect(answer.rejections).toEqual([]);
    await new Promise((wake) => setTimeout(wake, 80));
  }
  return written;
}

/** The process id of the engine, undefined while it is being started again. */
async function engineOf(one: ConsolePage): Promise<number | undefined> {
  return one.app.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.name === 'Steward replica')?.pid);
}

/** What the list of tasks counts, without a filter. */
async function taskCount(one: ConsolePage): Promise<number> {
  const text = (await one.page.getByTestId('list-count').textContent()) ?? '';
  return Number((text.match(/[\d,]+$/)?.[0] ?? '-1').replaceAll(',', ''));
}

describe('a replica under kill -9', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  it(
    `goes on by itself when its engine is killed ${engineKills} times while records pour in`,
    { timeout: 600_000 },
    async () => {
      const random = createSeededRandom(11);
      const one = await office.signedIn('admin@steward.example');
      const client = await connect(office.server.url, 'ops@steward.example');
      await one.goTo('/records/task');
      await one.page.getByTestId('list-count').waitFor();
      let over = false;
      const writing = writeTasks(client, () => over);
      const killed = new Set<number>();
      while (killed.size < engineKills) {
        const pid = await engineOf(one);
        if (pid === undefined || killed.has(pid)) continue;
        await new Promise((wake) => setTimeout(wake, 60 + random.fraction() * 300));
        process.kill(pid, 'SIGKILL');
        killed.add(pid);
      }
      over = true;
      const written = await writing;
      await one.untilSynced();
      const onServer = await client.pullAll('runs');
      const tasks = onServer.documents.filter((document) => document.kind === 'task').length;
      expect(tasks).toBeGreaterThanOrEqual(written);
      await expect.poll(() => taskCount(one), { timeout: 60_000 }).toBe(tasks);
      expect(await one.page.locator('[data-testid="sync-state"]').getAttribute('data-conflicts')).toBe('0');
      client.close();
      await one.close();
    },
  );

  it(
    `keeps every edit it said was kept when the whole app is killed ${appKills} times`,
    { timeout: 600_000 },
    async () => {
      const profile = office.newProfile();
      let one = await office.open(profile);
      await one.signIn('admin@steward.example');
      const id = await one.firstRecord('rule');
      await one.setWorkOffline(true);
      for (let kill = 1; kill <= appKills; kill += 1) {
        const typed = `Kept through kill ${kill}`;
        await one.editField('rule', id, 'body.name', typed);
        await one.crash();
        one = await office.open(profile);
        await one.untilUnsent(1);
        await one.untilField('rule', id, 'body.name', typed);
      }
      await one.setWorkOffline(false);
      await one.untilSynced();
      const other = await office.signedIn('ops@steward.example');
      await other.untilField('rule', id, 'body.name', `Kept through kill ${appKills}`);
    },
  );
});
