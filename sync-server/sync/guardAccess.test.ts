import { expect, it } from 'vitest';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import { openRightsOffice } from '#tests/support/rightsOffice.ts';
import { guardAccess } from './guardAccess.ts';
import { createWriteBatch } from './writeBatch.ts';

it('roles and people are looked for once in a batch, and what the batch itself changed counts', async () => {
  const office = await openRightsOffice();
  const ann = await office.hire('ann', { role: 'super_admin' });
  const ben = await office.hire('ben', { role: 'super_admin' });
  const sources = { clock: office.now, ids: createUuidV7Source(office.now, (length) => new Uint8Array(length)) };
  await office.store.transaction(async (transaction) => {
    let reads = 0;
    const batch = createWriteBatch(transaction, sources);
    const reader: typeof batch.reader = {
      ...batch.reader,
      recordsOfKind: (...asked) => {
        reads += 1;
        return transaction.recordsOfKind(...asked);
      },
    };
    const counted = { ...batch, reader };
    const left = (person: typeof ann) => ({ ...person, version: 2, status: 'disabled' });
    const guard = (by: typeof ann, person: typeof ann) =>
      guardAccess(counted, office.principal(by.id), { before: person, after: left(person) }, office.now());
    expect(await guard(ann, ben)).toBeUndefined();
    const actor = { id: 'ann', name: 'ann' };
    await batch.write({ after: left(ben), actor, reason: 'left', madeAt: '', requestId: 'r' });
    expect(await guard(ben, ann)).toMatchObject({ code: 'forbidden' });
    expect(reads).toBe(2);
  });
  await office.close();
});
