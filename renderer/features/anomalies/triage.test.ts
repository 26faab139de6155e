import { describe, expect, it } from 'vitest';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { facetCounts, neighbour, openFacets, triageList } from './triage.ts';

const now = Date.parse('2026-03-10T12:00:00.000Z');
const view = { facets: openFacets, text: '', showSnoozed: false, now };

function makeAnomaly(id: string, status: string, severity: string, more: Record<string, string> = {}): RecordEnvelope {
  const at = '2026-03-01T00:00:00.000Z';
  const body = { title: `Anomaly ${id}`, severity, type: 'security', lastSeenAt: at, ...more };
  return {
    id,
    kind: 'anomaly',
    tenantId: '',
    status,
    assignedTo: '',
    createdAt: at,
    createdBy: '',
    updatedAt: at,
    updatedBy: '',
    version: 1,
    body,
  };
}

const records = [
  makeAnomaly('a', 'detected', 'low'),
  makeAnomaly('b', 'investigating', 'critical', { component: 'Click tracking' }),
  makeAnomaly('c', 'resolved', 'critical'),
  makeAnomaly('d', 'detected', 'critical', { lastSeenAt: '2026-03-05T00:00:00.000Z' }),
  makeAnomaly('e', 'detected', 'high', { snoozedUntil: '2026-03-11T00:00:00.000Z' }),
];
const ids = (list: RecordEnvelope[]) => list.map((record) => record.id);

describe('the triage list', () => {
  it('shows what is open and awake, worst first, newest first', () => {
    expect(ids(triageList(records, view, ''))).toEqual(['d', 'b', 'a']);
  });

  it('keeps the record just decided until the person moves on', () => {
    expect(ids(triageList(records, view, 'c'))).toContain('c');
  });

  it('finds by words and shows the snoozed when asked', () => {
    expect(ids(triageList(records, { ...view, text: 'click ANOMALY' }, ''))).toEqual(['b']);
    expect(ids(triageList(records, { ...view, showSnoozed: true }, ''))).toEqual(['d', 'b', 'e', 'a']);
  });

  it('a facet counts what choosing it would show', () => {
    expect([...facetCounts(records, view, 'status')]).toEqual([
      ['detected', 2],
      ['investigating', 1],
      ['resolved', 1],
    ]);
    expect(facetCounts(records, view, 'severity').get('critical')).toBe(2);
  });
});

describe('next and previous', () => {
  it('stay inside the list', () => {
    expect(neighbour(['a', 'b'], 'a', 1)).toBe('b');
    expect(neighbour(['a', 'b'], 'b', 1)).toBe('b');
    expect(neighbour(['a', 'b'], 'a', -1)).toBe('a');
    expect(neighbour(['a', 'b'], 'gone', 1)).toBe('a');
    expect(neighbour([], 'a', 1)).toBe('');
  });
});
