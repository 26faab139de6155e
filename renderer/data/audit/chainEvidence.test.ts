import { expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { ReplicaRecord, RecordQuery } from '../replicaApi.ts';
import { readChainEvidence } from './chainEvidence.ts';

const made = { createdAt: '', createdBy: 'system', updatedAt: '', updatedBy: 'system', version: 1 };
const rowOf = (kind: string, tenantId: string, body: JsonObject): ReplicaRecord => ({
  record: { id: `${kind}-${tenantId}`, kind, tenantId, status: '', assignedTo: '', ...made, body },
  badge: 'synced',
});
/** Pages as the replica reads them; `asked` notes the queries. */
function pagesOf(rows: readonly ReplicaRecord[]) {
  const asked: RecordQuery[] = [];
  return {
    asked,
    readRows: async (query: RecordQuery, onPage: (page: readonly ReplicaRecord[]) => unknown) => {
      asked.push(query);
      const found = rows.filter(({ record }) => record.kind === query.kind);
      for (let at = 0; at < found.length; at += 1000) await onPage(found.slice(at, at + 1000));
    },
  };
}

it('reads every gap and marker of a chain, however many there are, and none of another', async () => {
  const many = Array.from({ length: 5400 }, (_, index) => rowOf('auditGap', 'acme', { first: index + 1 }));
  const { keys, heads, gaps } = await readChainEvidence(
    pagesOf([
      ...many,
      rowOf('auditGap', 'globex', { first: 1 }),
      rowOf('auditHead', 'acme', { number: 3 }),
      rowOf('auditKey', '', { keyId: 'k' }),
    ]),
    ['', 'acme'],
  );
  expect(gaps.get('acme')).toHaveLength(5400);
  expect(gaps.get('')).toEqual([]);
  expect(gaps.has('globex')).toBe(false);
  expect(heads.get('acme')).toEqual([{ number: 3 }]);
  expect(keys).toEqual([{ keyId: 'k' }]);
});

it('asks for one chain alone when one is verified', async () => {
  const one = pagesOf([]);
  await readChainEvidence(one, ['acme']);
  await readChainEvidence(one, ['']);
  expect(one.asked).toEqual([
    { kind: 'auditHead', filters: [{ path: 'tenantId', operator: 'is', value: 'acme' }] },
    { kind: 'auditGap', filters: [{ path: 'tenantId', operator: 'is', value: 'acme' }] },
    { kind: 'auditKey' },
    { kind: 'auditHead', filters: [{ path: 'tenantId', operator: 'is_empty' }] },
    { kind: 'auditGap', filters: [{ path: 'tenantId', operator: 'is_empty' }] },
    { kind: 'auditKey' },
  ]);
});
