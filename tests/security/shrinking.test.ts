import { afterEach, describe, expect, it } from 'vitest';
import type { Grant, Principal } from '#shared/domain/access/principal.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { inboxOf, makeTask, minute, openOffice, rename, tasksOn, titleOn } from '#tests/replication/office.ts';
import type { Office } from '#tests/replication/office.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import type { VirtualConsole } from '#tests/support/virtualConsole.ts';

const secret = 'the salary of Ada';
const everything = makeGrant(['*']);
const audit = makeGrant(['audit.view', 'audit.view_all']);
const tasks = (changes: Partial<Grant> = {}) => makeGrant(['tasks.*'], changes);
const ben = (...grants: Grant[]): Principal => makePrincipal(grants, { id: 'ben', name: 'ben' });
const hidesDescription: Partial<Grant> = {
  fieldRules: [{ resource: 'tasks', field: 'description', access: 'hidden' }],
};

const offices: Office[] = [];
afterEach(async () => {
  for (const office of offices.splice(0)) await Promise.all([office.ada.close(), office.ben.close()]);
});

async function open(...grants: Grant[]): Promise<Office> {
  const office = await openOffice({ ben: { grants } });
  offices.push(office);
  return office;
}

/** Everything that this computer keeps of records and of the inbox, as one text. */
async function kept({ replica }: VirtualConsole, kind: string): Promise<string> {
  const rows = await new Promise<unknown>((resolve) => {
    const stop = replica.observeList({ kind }, (list) => {
      if (list.state !== 'ready') return;
      queueMicrotask(() => stop());
      resolve(list.rows);
    });
  });
  return JSON.stringify(rows);
}

/** Which collections are asked for from here on. */
function countPulls({ server }: Office): { of: (collection: ReplicatedCollection) => number; full: () => string[] } {
  const asked: { collection: ReplicatedCollection; full: boolean }[] = [];
  const { pull } = server.core;
  server.core.pull = (principal, request, clientId) => {
    asked.push({ collection: request.collection, full: request.checkpoint === null });
    return pull(principal, request, clientId);
  };
  return {
    of: (collection) => asked.filter((one) => one.collection === collection).length,
    full: () => [...new Set(asked.filter((one) => one.full).map((one) => one.collection))].toSorted(),
  };
}

describe('rights that shrink', () => {
  it('take records away at once, and nothing is pulled again for it', async () => {
    const office = await open(everything);
    const id = await makeTask(office.ada, 'Visible');
    await office.time.advance(1000);
    expect(await titleOn(office.ben, id)).toBe('Visible');
    const pulls = countPulls(office);
    office.server.setPrincipal(ben(makeGrant(['flags.*'])));
    await office.time.advance(10);
    expect(await titleOn(office.ben, id)).toBeUndefined();
    await office.time.advance(minute);
    expect(pulls.full()).toEqual([]);
  });

  it('strip fields of records and of what the audit log repeats', async () => {
    const office = await open(tasks(), audit);
    const id = await makeTask(office.ada, 'Talk', { description: secret });
    await office.time.advance(1000);
    expect(await kept(office.ben, 'task')).toContain(secret);
    expect(await kept(office.ben, 'auditEntry')).toContain(secret);
    const pulls = countPulls(office);
    office.server.setPrincipal(ben(tasks(hidesDescription), audit));
    await office.time.advance(10);
    expect(await titleOn(office.ben, id)).toBe('Talk');
    expect(await kept(office.ben, 'task')).not.toContain(secret);
    expect(await kept(office.ben, 'auditEntry')).not.toContain(secret);
    expect(await kept(office.ben, 'auditEntry')).toContain('Talk');
    await office.time.advance(minute);
    expect(pulls.full()).toEqual([]);
    // What is left is what the server would send.
    office.ben.replica.compare();
    await office.time.advance(5000);
    expect(office.ben.replica.status().repairs).toEqual([]);
  });

  it('an entry about a kind that is no longer seen says who and when, not what', async () => {
    const office = await open(tasks(), audit);
    await makeTask(office.ada, 'Layoffs', { description: secret });
    await office.time.advance(1000);
    office.server.setPrincipal(ben(audit));
    await office.time.advance(1000);
    const entries = await kept(office.ben, 'auditEntry');
    expect(entries).toContain('"actorName":"ada"');
    expect(entries).not.toContain(secret);
    expect(entries).not.toContain('Layoffs');
  });

  it('while offline: at the next contact, and an unsent edit keeps what was typed and nothing else', async () => {
    const office = await open(everything);
    const id = await makeTask(office.ada, 'Before', { description: secret });
    await office.time.advance(1000);
    office.ben.replica.setWorkOffline(true);
    await rename(office.ben, id, 'Typed on the train');
    office.server.setPrincipal(ben(makeGrant(['flags.*'])));
    await office.time.advance(minute);
    expect(await titleOn(office.ben, id)).toBe('Typed on the train');
    office.ben.replica.setWorkOffline(false);
    await office.time.advance(minute);
    expect(await titleOn(office.ben, id)).toBeUndefined();
    const [entry] = inboxOf(office.ben);
    expect(entry).toMatchObject({ type: 'rejection', recordId: id, mine: { body: { title: 'Typed on the train' } } });
    expect(JSON.stringify(inboxOf(office.ben))).not.toContain(secret);
    expect(JSON.stringify(inboxOf(office.ben))).not.toContain('Before');
    expect(office.ben.replica.status().unsent).toBe(0);
  });

  it('what was typed into a field that is hidden now is kept, and the rest of the edit is sent', async () => {
    const office = await open(tasks());
    const id = await makeTask(office.ada, 'Old', { description: secret });
    await office.time.advance(1000);
    office.ben.replica.setWorkOffline(true);
    await office.ben.replica.edit('task', id, { body: { title: 'New', description: 'My own words' } });
    office.server.setPrincipal(ben(tasks(hidesDescription)));
    office.ben.replica.setWorkOffline(false);
    await office.time.advance(minute);
    expect(await titleOn(office.ada, id)).toBe('New');
    expect(JSON.stringify(await office.server.store.getRecords([id]).then((found) => found.get(id)))).toContain(secret);
    expect(inboxOf(office.ben)).toMatchObject([{ type: 'rejection', mine: { body: { description: 'My own words' } } }]);
    expect(await kept(office.ben, 'task')).not.toContain('My own words');
  });

  it('a conflict that waits in the inbox forgets what may no longer be seen', async () => {
    const office = await open(tasks());
    const id = await makeTask(office.ada, 'Base');
    await office.time.advance(1000);
    office.ben.replica.setWorkOffline(true);
    await rename(office.ben, id, 'Mine');
    await rename(office.ada, id, secret);
    await office.time.advance(1000);
    office.ben.replica.setWorkOffline(false);
    await office.time.advance(minute);
    expect(inboxOf(office.ben)).toMatchObject([{ type: 'conflict' }]);
    office.server.setPrincipal(ben(makeGrant(['flags.*'])));
    await office.time.advance(1000);
    expect(JSON.stringify(inboxOf(office.ben))).not.toContain(secret);
    expect(inboxOf(office.ben)).toMatchObject([{ type: 'rejection', mine: { body: { title: 'Mine' } } }]);
  });

  it('during the first pull nothing that was asked for under the old rights stays', async () => {
    const office = await openOffice();
    offices.push(office);
    for (let count = 0; count < 60; count += 1) await makeTask(office.ada, `Task ${count}`);
    await office.time.advance(5000);
    for (const later of [4, 9, 12, 20]) {
      office.server.setPrincipal(ben(everything));
      await office.time.advance(1000);
      const fresh = await office.open('ben');
      office.setFate(() => [later % 7]);
      await office.time.advance(later);
      office.server.setPrincipal(ben(makeGrant(['flags.*'])));
      await office.time.advance(minute);
      expect(await tasksOn(fresh)).toEqual([]);
      await fresh.close();
    }
  });

  it('a role that ends takes effect without a server too', async () => {
    const office = await open(everything);
    const id = await makeTask(office.ada, 'For a while');
    const expiresAt = new Date(office.time.now() + 10 * minute).toISOString();
    office.server.setPrincipal(ben(tasks({ expiresAt }), makeGrant(['flags.view'])));
    await office.time.advance(minute);
    office.ben.replica.setWorkOffline(true);
    await office.time.advance(8 * minute);
    expect(await titleOn(office.ben, id)).toBe('For a while');
    await office.time.advance(2 * minute);
    expect(await titleOn(office.ben, id)).toBeUndefined();
    expect(office.ben.replica.principal()?.expired).toMatchObject([{ expiresAt }]);
    await office.ben.crash();
    expect(await titleOn(office.ben, id)).toBeUndefined();
  });
});

describe('several roles that end without a server', () => {
  it('take effect one after the other, after a restart too', async () => {
    const office = await open(everything);
    const id = await makeTask(office.ada, 'For a while');
    const after = (minutes: number) => new Date(office.time.now() + minutes * minute).toISOString();
    const ends = [after(10), after(20), after(30)] as const;
    office.server.setPrincipal(
      ben(
        makeGrant(['staff.*'], { expiresAt: ends[0] }),
        tasks({ expiresAt: ends[1] }),
        makeGrant(['rules.view'], { expiresAt: ends[2] }),
        makeGrant(['flags.view']),
      ),
    );
    await office.time.advance(minute);
    office.ben.replica.setWorkOffline(true);
    const ended = () => office.ben.replica.principal()?.expired?.map(({ expiresAt }) => expiresAt);
    await office.time.advance(10 * minute);
    expect(ended()).toEqual([ends[0]]);
    expect(await titleOn(office.ben, id)).toBe('For a while');
    await office.time.advance(10 * minute);
    expect(ended()).toEqual([ends[0], ends[1]]);
    expect(await titleOn(office.ben, id)).toBeUndefined();
    await office.ben.crash();
    expect(ended()).toEqual([ends[0], ends[1]]);
    await office.time.advance(10 * minute);
    expect(ended()).toEqual([...ends]);
  });
});

describe('rights that grow', () => {
  it('bring what was hidden, fields too, and only where something can have come', async () => {
    const office = await open(tasks({ ...hidesDescription, permissions: ['tasks.view'] }));
    const id = await makeTask(office.ada, 'Grown', { description: secret });
    await office.time.advance(1000);
    expect(await titleOn(office.ben, id)).toBeUndefined();
    const pulls = countPulls(office);
    office.server.setPrincipal(ben(tasks()));
    await office.time.advance(minute);
    expect(await kept(office.ben, 'task')).toContain(secret);
    expect(pulls.full()).toEqual(['runs']);
  });

  it('after they shrank, and with a newer state meanwhile', async () => {
    const office = await open(tasks());
    const id = await makeTask(office.ada, 'First');
    await office.time.advance(1000);
    for (const title of ['Second', 'Second']) {
      office.server.setPrincipal(ben(makeGrant(['flags.*'])));
      await office.time.advance(1000);
      expect(await titleOn(office.ben, id)).toBeUndefined();
      await rename(office.ada, id, title);
      await office.time.advance(1000);
      office.server.setPrincipal(ben(tasks()));
      await office.time.advance(minute);
      expect(await titleOn(office.ben, id)).toBe(title);
    }
    expect(office.ben.replica.status().repairs).toEqual([]);
  });
});
