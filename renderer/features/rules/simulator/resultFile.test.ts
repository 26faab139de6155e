import { describe, expect, it } from 'vitest';
import { resultCsv, resultJson } from './resultFile.ts';

const event = { id: '1', name: 'user.login', tenantId: 'a', occurredAt: '2026-01-01T00:00:00.000Z' };
const result = {
  lines: [{ event, runs: [{ actions: ['email' as const], faults: 1, fingerprint: 'f' }, null] }],
  tally: { seen: 1, sides: [], comparison: undefined },
  names: ['Saved', 'Revision 2'],
  simulatedAt: '2026-01-02T00:00:00.000Z',
};

describe('a result as a file', () => {
  it('is a table with what each version does, in which no cell is a formula', () => {
    const [, row = ''] = resultCsv(result, () => '=1+1').split('\r\n');
    expect(row).toBe("user.login,1,'=1+1,2026-01-01T00:00:00.000Z,yes,email,1,no,,");
  });

  it('is everything as JSON, fingerprints left out', () => {
    const read = JSON.parse(resultJson(result));
    expect(read).toMatchObject({
      versions: ['Saved', 'Revision 2'],
      seen: 1,
      events: [{ id: '1', runs: [{ faults: 1 }, null] }],
    });
    expect(resultJson(result)).not.toContain('fingerprint');
  });
});
