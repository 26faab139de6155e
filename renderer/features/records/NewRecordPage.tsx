import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileUnknown, IconLock } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { FormFoot } from '#renderer/ui/FormFoot.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { ReferenceInput } from './ReferenceInput.tsx';
import { RecordFormView } from './RecordFormView.tsx';
import classes from './Records.module.css';
import { blankRecord } from './blankRecord.ts';
import { keepDraft } from './recordDraft.ts';
import { useRecordForm } from './useRecordForm.ts';

/** The form of a record that does not exist yet. */
export function NewRecordPage({ kind }: { kind: string }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const principal = usePrincipal();
  const resource = resourceByKind(kind);
  if (!resource) {
    return (
      <EmptyState
        icon={<IconFileUnknown size={32} />}
        title={t('missing.title')}
        description={t('missing.kind', { kind })}
      />
    );
  }
  const permission = `${resource.permission}.create`;
  if (resource.writer === 'server' || !principal || !holdsAnywhere(principal, permission)) {
    return (
      <EmptyState
        icon={<IconLock size={32} />}
        title={t('new.impossible', { kind: words.kind(kind) })}
        description={t(resource.writer === 'server' ? 'lock.server_kind' : 'lock.no_edit', { permission })}
      />
    );
  }
  return <NewRecord key={kind} resource={resource} />;
}

function NewRecord({ resource }: { resource: Resource }) {
  const { t } = useTranslation('records');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const principal = usePrincipal();
  const chosenTenant = useTenantFilter();
  const [, navigate] = useLocation();
  // A tenant is its own tenant; the replica settles that when the record is made.
  const asksTenant = resource.scope !== 'platform' && resource.kind !== 'tenant';
  const [tenantId, setTenantId] = useState(asksTenant ? chosenTenant : '');
  const [tenantMissing, setTenantMissing] = useState(false);
  const [saving, setSaving] = useState(false);
  const personId = principal?.id ?? '';
  const blank = useMemo(() => blankRecord(resource, tenantId, personId), [resource, tenantId, personId]);
  const form = useRecordForm(resource, blank, 'create');

  const create = async () => {
    form.attempt();
    const missing = asksTenant && resource.scope === 'tenant' && tenantId === '';
    setTenantMissing(missing);
    if (missing || !form.valid || saving) return;
    setSaving(true);
    const assignedTo = form.edited.patch.assignedTo;
    const result = await replica.create(resource.kind, tenantId, form.edited.body, assignedTo ? { assignedTo } : {});
    setSaving(false);
    if (!result.ok) {
      form.refuse(result.error);
      notifications.show({ color: 'red', title: t('new.failed'), message: problemText(result.error) });
      return;
    }
    keepDraft(resource.kind, 'new', {});
    navigate(`/records/${resource.kind}/${result.value.id}`);
  };
  return (
    <div className={classes.page}>
      <PageHeader title={t('new.title', { kind: words.kind(resource.kind) })} description={t('new.text')} />
      <div className={classes.newForm}>
        <div className={classes.columns}>
          <div className={classes.form}>
            {asksTenant && (
              <ReferenceInput
                kind="tenant"
                label={t('new.tenant')}
                placeholder={resource.scope === 'tenant' ? t('nothingChosen') : t('platform')}
                description={resource.scope === 'tenant' ? undefined : t('new.platform')}
                value={tenantId}
                onChange={setTenantId}
                withAsterisk={resource.scope === 'tenant'}
                error={tenantMissing && tenantId === '' ? t('new.tenantMissing') : undefined}
                data-testid="field-tenantId"
              />
            )}
            <RecordFormView form={form} onSave={() => void create()} />
          </div>
        </div>
      </div>
      <FormFoot state={form.dirtyCount > 0 ? t('new.draftKept') : ''} dirty={false}>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            form.revertAll();
            navigate(`/records/${resource.kind}`);
          }}
        >
          {t('cancel')}
        </Button>
        <Button size="xs" loading={saving} data-testid="save" onClick={() => void create()}>
          {t('new.create', { kind: words.kind(resource.kind) })}
        </Button>
      </FormFoot>
    </div>
  );
}
