import { textIn } from '#shared/records/readBody.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';

/** Open tasks and pending approvals assigned to the person, the nearest due time first, those without one last. */
export function useMyWork(): readonly ReplicaRecord[] {
  const personId = usePrincipal()?.id ?? '';
  const tasks = useRecordList({
    kind: 'task',
    filters: [
      { path: 'assignedTo', operator: 'is', value: personId },
      { path: 'status', operator: 'in', value: ['open', 'in_progress'] },
    ],
  });
  const approvals = useRecordList({
    kind: 'approval',
    filters: [
      { path: 'assignedTo', operator: 'is', value: personId },
      { path: 'status', operator: 'is', value: 'pending' },
    ],
  });
  if (personId === '') return [];
  const due = (row: ReplicaRecord) => textIn(row.record.body, 'dueAt') || '9999';
  return [...tasks.rows, ...approvals.rows].sort((left, right) => due(left).localeCompare(due(right)));
}
