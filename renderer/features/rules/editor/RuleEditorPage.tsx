import { IconFileUnknown, IconLock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { contentOf } from './model/ruleContent.ts';
import type { BeforeSave } from './model/useSaveRule.ts';
import { RuleEditor } from './RuleEditor.tsx';

interface RuleEditorPageProps {
  /** Of the rule, or 'new'. */
  id: string;
  /** Body to begin a new rule with, as a template gives it. */
  initial?: JsonObject;
  /** The rule was stored; without it the page goes to the rule. */
  onSaved?: (record: RecordEnvelope) => void;
  /** Runs the rule's saved tests before it is stored. */
  onBeforeSave?: BeforeSave;
}

/** Writes a rule: a new one, one made of a template, or one that is stored. */
export function RuleEditorPage(props: RuleEditorPageProps) {
  const { t } = useTranslation('rules');
  const access = useAccess();
  const found = useStoredRule(props.id);
  const isNew = props.id === 'new';
  const record = found.row?.record;
  const whyNot = isNew
    ? access('automation.create')
    : access(
        'automation.edit',
        record && { tenantId: record.tenantId, createdBy: record.createdBy, assignedTo: record.assignedTo },
      );
  if (!isNew && !found.read) return null;
  if (!isNew && !record) {
    return (
      <EmptyState icon={<IconFileUnknown size={32} />} title={t('missing.title')} description={t('missing.text')} />
    );
  }
  if (whyNot !== '') return <EmptyState icon={<IconLock size={32} />} title={t('locked.title')} description={whyNot} />;
  return <Opened key={props.id} {...props} row={found.row} />;
}

function Opened({ id, initial, onSaved, onBeforeSave, row }: RuleEditorPageProps & { row: ReplicaRecord | undefined }) {
  const tenantId = useTenantFilter();
  const [, navigate] = useLocation();
  const [begun] = useState(() => (initial ? contentOf(initial) : undefined));
  return (
    <RuleEditor
      id={id}
      row={row}
      initial={begun}
      tenantId={tenantId}
      onBeforeSave={onBeforeSave}
      onSaved={onSaved ?? ((record) => id === 'new' && navigate(`/rules/${record.id}/edit`))}
    />
  );
}

/** The stored rule, live; `read` once the replica was asked. */
function useStoredRule(id: string): { read: boolean; row: ReplicaRecord | undefined } {
  const replica = useReplica();
  const [found, setFound] = useState<{ id: string; row: ReplicaRecord | undefined }>();
  useEffect(() => {
    if (id === 'new') return undefined;
    return replica.observeRecord('rule', id, (row) => setFound({ id, row }));
  }, [replica, id]);
  return found?.id === id ? { read: true, row: found.row } : { read: false, row: undefined };
}
