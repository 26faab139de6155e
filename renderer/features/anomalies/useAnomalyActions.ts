import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { checkTransition } from '#shared/records/stateMachine.ts';
import type { TransitionProblem } from '#shared/records/stateMachine.ts';
import { anomaly } from '#shared/resources/health/anomaly.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { RecordPatch } from '#renderer/data/replicaApi.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

export type Verdict = 'resolved' | 'false_positive';

/** What a person can do with an anomaly. Every act is written to the replica at once and sent when possible. */
export function useAnomalyActions() {
  const { t } = useTranslation('anomalies');
  const problemText = useProblemText();
  const replica = useReplica();
  const principal = usePrincipal();

  const edit = async (record: RecordEnvelope, patch: RecordPatch) => {
    const result = await replica.edit(record.kind, record.id, patch);
    if (!result.ok) notifications.show({ color: 'red', title: t('failed'), message: problemText(result.error) });
  };
  const may = (record: RecordEnvelope, permission: string) =>
    principal !== undefined && decideAccess(principal, permission, accessTargetOf(record)).allowed;

  return {
    personId: principal?.id ?? '',
    mayEdit: (record: RecordEnvelope) => may(record, `${anomaly.permission}.edit`),
    /** Why the anomaly cannot take this status now; undefined when it can. */
    problemOf: (record: RecordEnvelope, to: string): TransitionProblem | undefined =>
      anomaly.states &&
      checkTransition(
        anomaly.states,
        { from: record.status, to, reason: 'given', actor: 'person' },
        `${anomaly.permission}.edit`,
        (permission) => may(record, permission),
      ),
    investigate: (record: RecordEnvelope) => edit(record, { status: 'investigating' }),
    decide: (record: RecordEnvelope, verdict: Verdict, reason: string) =>
      edit(record, {
        status: verdict,
        reason,
        body: { resolution: reason, resolvedAt: new Date().toISOString(), resolvedBy: principal?.id ?? '' },
      }),
    assign: (record: RecordEnvelope, staffId: string) => edit(record, { assignedTo: staffId }),
    /** `until` in ISO 8601, '' wakes it. */
    snooze: (record: RecordEnvelope, until: string) => edit(record, { body: { snoozedUntil: until } }),
    saveNotes: (record: RecordEnvelope, notes: string) => edit(record, { body: { notes } }),
  };
}
