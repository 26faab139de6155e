import type { InboxEntry, SyncStatus } from '#renderer/data/replicaApi.ts';

/** Why an unsent edit has not left yet. */
export type WaitingReason =
  | 'work_offline'
  | 'signed_out'
  | 'no_connection'
  | 'connecting'
  | 'needs_decision'
  | 'first_sync'
  | 'backing_off'
  | 'sending';

const holdBack = new Set(['rate_limited', 'unavailable', 'internal']);

/** The nearest cause: what the person can change comes before what only time changes. */
export function waitingReason(
  status: Pick<SyncStatus, 'connection' | 'workOffline' | 'problem' | 'firstSync'>,
  recordId: string,
  inbox: readonly Pick<InboxEntry, 'recordId' | 'resolved' | 'type'>[],
): WaitingReason {
  if (status.workOffline) return 'work_offline';
  if (status.connection === 'signed_out') return 'signed_out';
  if (status.connection === 'offline') return 'no_connection';
  if (status.connection === 'connecting') return 'connecting';
  if (inbox.some((entry) => entry.recordId === recordId && entry.type === 'conflict' && !entry.resolved)) {
    return 'needs_decision';
  }
  if (!status.firstSync.done) return 'first_sync';
  return status.problem && holdBack.has(status.problem.code) ? 'backing_off' : 'sending';
}
