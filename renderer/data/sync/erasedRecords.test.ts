import { describe, expect, it } from 'vitest';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { tombstoneOf } from '#shared/records/envelope.ts';
import type { LocalDocument } from '../storage/localDocument.ts';
import { receive } from './receive.ts';
import { settlePush } from './settlePush.ts';

const resource = { merge: {}, serverFields: [] };
const at = '2026-01-01T00:00:00.000Z';
const record = (version: number, notes: string): RecordEnvelope => ({
  id: 'r',
  kind: 'member',
  tenantId: 't',
  status: '',
  assignedTo: '',
  createdAt: at,
  createdBy: 'me',
  updatedAt: at,
  updatedBy: 'me',
  version,
  body: { notes },
});

/** Somebody wrote the person into the record, and has not sent it. */
function unsent(): LocalDocument {
  const mine = record(2, 'Zoë called again');
  const base = record(1, 'Zoë called');
  return {
    record: mine,
    pending: { base, edit: 'e', madeAt: at, reason: '', steps: [], sent: mine, sentEdit: 'e', sentSteps: 0 },
  } as unknown as LocalDocument;
}

describe('an unsent edit of a record from which a person was taken', () => {
  it.each<[string, RecordState]>([
    ['that lives on under a pseudonym', record(3, 'Person 0123abcd called')],
    ['that lives on without them', record(3, '[erased] called')],
    ['that is gone', { ...tombstoneOf(record(2, ''), 3), erased: true }],
  ])('is dropped and not kept aside: a record %s', (_what, theirs) => {
    expect(receive(resource, unsent(), theirs, false)).toEqual({ document: { record: theirs, pending: null } });
  });

  it('is not dropped by an edit of a record from which somebody was taken long ago', () => {
    const { record: mine, pending } = unsent();
    const base = record(1, '[erased] called');
    const local = { record: mine, pending: { ...pending, base } } as LocalDocument;
    expect(receive(resource, local, record(3, 'Ask [erased] first'), false)?.conflict).toBeDefined();
    const created = { record: mine, pending: { ...pending, base: null, sent: base } } as LocalDocument;
    expect(receive(resource, created, record(3, 'Ask [erased] first'), false)?.conflict).toBeDefined();
  });

  it('is dropped as well when the server refuses it because the record is gone', () => {
    const current = { ...tombstoneOf(record(2, ''), 3), erased: true as const };
    const rejection = { id: 'r', code: 'gone' as const, message: 'Gone.', current };
    const settled = settlePush(resource, unsent(), { ok: true, conflicts: [], rejections: [rejection] });
    expect(settled?.document.pending).toBeNull();
    expect(settled).not.toHaveProperty('refusal');
    expect(JSON.stringify(settled)).not.toContain('Zoë');
  });

  it('stays what it was where nobody was erased: it goes to the inbox', () => {
    expect(receive(resource, unsent(), record(3, 'Somebody called'), false)?.conflict).toBeDefined();
    expect(receive(resource, unsent(), tombstoneOf(record(2, ''), 3), false)?.conflict).toBeDefined();
  });
});
