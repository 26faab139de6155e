import { textIn } from '#shared/records/readBody.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import type { ListFilter, ReplicaRecord } from '#renderer/data/replicaApi.ts';

/**
 * Open tasks assigned to the person, and pending approvals that are theirs or nobody's; the nearest due time first, those
 * without one last.
 */
export function useMyWork(): readonly ReplicaRecord[] {
  const personId = usePrincipal()?.id ?? '';
  // Nobody has nothing: what is assigned to nobody is not theirs.
  const mine: ListFilter = { path: 'assignedTo', operator: 'in', value: personId === '' ? [] : [personId] };
  const mineOrOpen: ListFilter = { path: 'assignedTo', operator: 'in', value: personId === '' ? [] : [personId, ''] };
  const tasks = useRecordList({
    kind: 'task',
    filters: [mine, { path: 'status', operator: 'in', value: ['open', 'in_progress'] }],
  });
  const approvals = useRecordList({
    kind: 'approval',
    filters: [mineOrOpen, { path: 'status', operator: 'is', value: 'pending' }],
  });
  const due = (row: ReplicaRecord) => textIn(row.record.body, 'dueAt') || '9999';
  return [...tasks.rows, ...approvals.rows].sort((left, right) => due(left).localeCompare(due(right)));
}
