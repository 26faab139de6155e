import { expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { makeGrant, makePrincipal, makeTicket } from '#tests/support/sampleResource.ts';
import { guardAutomation, withDataGiven } from './guardAutomation.ts';

const principal = makePrincipal([makeGrant(['*'])]);
const order = (status: string, args: JsonObject) =>
  makeTicket({ kind: 'command', status, body: { type: 'runRule', args } });
const given = order('queued', { ruleId: 'r1', data: { who: 'ada@home.example' } });

it('an order is reworded by nobody, whether it is ended with that or was ended before', () => {
  const ended = order('aborted', { ruleId: 'r1', data: { who: 'ada@home.example' } });
  expect(guardAutomation(principal, given, ended)).toBeUndefined();
  const forged = { ruleId: 'r1', data: { who: 'bo@home.example' } };
  for (const [before, after] of [
    [given, order('queued', { ruleId: 'r1', data: {} })],
    [given, order('queued', forged)],
    [given, order('aborted', { ruleId: 'r2', data: {} })],
    [given, order('aborted', forged)],
    [given, order('aborted', { ruleId: 'r1', data: { who: {} } })],
    [ended, order('aborted', forged)],
  ] as const)
    expect(guardAutomation(principal, before, withDataGiven(before, after))).toMatchObject({
      code: 'forbidden',
      path: 'body.args',
    });
});

it('somebody who did not see the data of an order ends it, and they stay as they were given', () => {
  const seen = order('aborted', { ruleId: 'r1', data: {} });
  const kept = withDataGiven(given, seen);
  expect(kept).toMatchObject({ status: 'aborted', body: given.body });
  expect(guardAutomation(principal, given, kept)).toBeUndefined();
  // The same push once more changes nothing.
  expect(withDataGiven(kept, seen)).toEqual(kept);
});
