import { expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { makeGrant, makePrincipal, makeTicket } from '#tests/support/sampleResource.ts';
import { guardAutomation } from './guardAutomation.ts';

const principal = makePrincipal([makeGrant(['*'])]);
const order = (status: string, args: JsonObject) =>
  makeTicket({ kind: 'command', status, body: { type: 'runRule', args } });
const given = order('queued', { ruleId: 'r1', data: { who: 'ada@home.example' } });

it('somebody who did not see the data of an order can end it, and nobody can reword it', () => {
  expect(guardAutomation(principal, given, order('aborted', { ruleId: 'r1', data: {} }))).toBeUndefined();
  for (const other of [
    order('queued', { ruleId: 'r1', data: {} }),
    order('aborted', { ruleId: 'r2', data: {} }),
    order('queued', { ruleId: 'r1', data: { who: 'bo@home.example' } }),
  ])
    expect(guardAutomation(principal, given, other)).toMatchObject({ code: 'forbidden', path: 'body.args' });
});
