import { expect, it } from 'vitest';
import { openSqliteStore } from '../../storage/sqlite/openSqliteStore.ts';
import { createOidcFlows, flowLife } from './oidcFlows.ts';

it('a flow lives ten minutes and works once, with its name only', async () => {
  let now = Date.parse('2026-03-01T08:00:00.000Z');
  const clock = () => now;
  const store = openSqliteStore(':memory:', clock);
  const flows = createOidcFlows({ store, clock });
  const given = { redirectUri: 'http://127.0.0.1:1/callback', clientId: 'desk', device: 'Desk', proves: null };
  const [first, second, third] = [await flows.open(given), await flows.open(given), await flows.open(given)];
  const secrets = [first, second, third].flatMap(({ name, flow }) => [name, flow.state, flow.nonce, flow.verifier]);
  expect(new Set(secrets).size).toBe(12);
  now += flowLife - 1;
  expect(await flows.take(first.flow.state)).toBeUndefined();
  // Whoever comes first has it, also at the same moment.
  const taken = await Promise.all([flows.take(first.name), flows.take(first.name)]);
  expect(taken.filter((flow) => flow !== undefined)).toEqual([first.flow]);
  const restarted = createOidcFlows({ store, clock });
  expect(await restarted.take(second.name)).toEqual(second.flow);
  now += 1;
  expect(await flows.take(third.name)).toBeUndefined();
  await store.close();
});
