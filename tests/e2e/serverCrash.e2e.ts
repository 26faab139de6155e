import { afterAll, beforeAll, describe, it } from 'vitest';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

describe('a server that is killed', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  it('in the middle of pushes loses nothing: everything typed is there after its restart', async () => {
    const one = await office.signedIn('admin@steward.example');
    const id = await one.firstRecord('rule');
    await one.editField('rule', id, 'body.name', 'Before the crash');
    const killed = office.server.kill();
    await one.editField('rule', id, 'body.description', 'Typed while the server died');
    await killed;
    await one.page.locator('[data-testid="sync-state"][data-state="offline"]').waitFor();
    await office.server.restart();
    await one.untilSynced();
    const other = await office.signedIn('ops@steward.example');
    await other.untilField('rule', id, 'body.name', 'Before the crash');
    await other.untilField('rule', id, 'body.description', 'Typed while the server died');
  });

  it('and a console that crashes keeps what was typed into it', async () => {
    const profile = office.newProfile();
    const one = await office.open(profile);
    await one.signIn('admin@steward.example');
    const id = await one.firstRecord('rule');
    await one.setWorkOffline(true);
    await one.editField('rule', id, 'body.name', 'Typed before the power went');
    await one.untilUnsent(1);
    await one.crash();
    const again = await office.open(profile);
    await again.setWorkOffline(false);
    await again.untilSynced();
    await again.untilField('rule', id, 'body.name', 'Typed before the power went');
  });
});
