import { expect, it } from 'vitest';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { LocalDocument } from '../storage/localDocument.ts';
import { refusalEntry } from './inboxEntries.ts';
import { settlePush } from './settlePush.ts';

const at = '2026-01-01T00:00:00.000Z';
const record = (version: number, status: string): RecordEnvelope => ({
  id: 'r',
  kind: 'staff',
  tenantId: '',
  status,
  assignedTo: '',
  createdAt: at,
  createdBy: 'me',
  updatedAt: at,
  updatedBy: 'me',
  version,
  body: {},
});

it('the reason typed with an edit is kept when the server asks for a proof first, so that it can be sent again', () => {
  const local: LocalDocument = {
    record: record(2, 'disabled'),
    pending: {
      base: record(1, 'active'),
      edit: 'e',
      editedAt: at,
      reason: 'Left the company',
      steps: [],
      sent: record(2, 'disabled'),
      sentEdit: 'e',
      sentSteps: 0,
    },
  };
  const rejections = [
    { id: 'r', code: 'reauthentication_required' as const, message: 'Prove.', current: record(1, 'active') },
  ];
  const settled = settlePush({ merge: {}, serverFields: [] }, local, { ok: true, conflicts: [], rejections });
  if (!settled?.refusal) throw new Error('nothing was refused');
  expect(refusalEntry(settled.refusal, 'e', at)).toMatchObject({ type: 'rejection', reason: 'Left the company' });
});
