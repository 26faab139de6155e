import { Select } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accessTargetOf, explainAccess } from '#shared/domain/access/decideAccess.ts';
import { permissionCatalogue } from '#shared/domain/access/permissionCatalogue.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { resources } from '#shared/resources/registry.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useAccessWords } from '../useAccessWords.ts';
import { DecisionSteps } from '../why/DecisionSteps.tsx';
import { WhatHelps } from '../why/WhatHelps.tsx';
import classes from './Person.module.css';

interface MayTheyProps {
  person: Staff;
  principal: Principal;
  /** Permission asked about at first. */
  initial: string;
}

/** Whether the person may do one thing in a tenant or with a record, and how that is decided. */
export function MayThey({ person, principal, initial }: MayTheyProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const access = useAccessWords();
  const [first = 'tenants', second = 'view'] = initial.split('.');
  const [resource, setResource] = useState(first);
  const [chosenVerb, setVerb] = useState(second);
  const [tenantId, setTenantId] = useState('');
  const [recordId, setRecordId] = useState('');
  const entry = permissionCatalogue.find((one) => one.resource === resource);
  const verb = entry?.verbs.find((one) => one === chosenVerb) ?? entry?.verbs[0] ?? 'view';
  const kind = resources.find((one) => one.permission === resource)?.kind ?? '';
  const tenants = useRecordChoices('tenant', tenantId);
  const record = useRecord(kind === '' ? 'tenant' : kind, recordId)?.record;
  const target = record ? accessTargetOf(record) : { tenantId };
  const permission = `${resource}.${verb}`;
  const explained = explainAccess(principal, permission, target);
  return (
    <section aria-label={t('may.title')} data-testid="may-they">
      <h2>{t('may.title')}</h2>
      <div className={classes.question}>
        <Select
          label={t('may.verb')}
          data={(entry?.verbs ?? []).map((one) => ({ value: one, label: access.verb(one) }))}
          allowDeselect={false}
          value={verb}
          data-testid="may-verb"
          onChange={(value) => setVerb(value ?? 'view')}
        />
        <Select
          label={t('may.resource')}
          data={permissionCatalogue.map((one) => ({ value: one.resource, label: access.resource(one.resource) }))}
          searchable
          allowDeselect={false}
          value={resource}
          data-testid="may-resource"
          onChange={(value) => {
            setResource(value ?? 'tenants');
            setRecordId('');
          }}
        />
        <Select
          label={words.kind('tenant')}
          placeholder={t('platform')}
          {...tenants}
          searchable
          clearable
          disabled={record !== undefined}
          value={(record ? record.tenantId : tenantId) || null}
          onChange={(value) => setTenantId(value ?? '')}
        />
        {kind !== '' && <RecordChoice key={kind} kind={kind} value={recordId} onChange={setRecordId} />}
      </div>
      <div className={classes.answer} data-allowed={explained.allowed || undefined} role="status">
        <p className={classes.verdict} data-testid="may-verdict">
          {explained.allowed ? (
            <IconCircleCheck size={18} aria-hidden="true" />
          ) : (
            <IconCircleX size={18} aria-hidden="true" />
          )}
          {t(explained.allowed ? 'may.yes' : 'may.no', {
            name: person.body.displayName,
            permission: access.permission(permission),
          })}
        </p>
        <DecisionSteps steps={explained.steps} />
        {!explained.allowed && <WhatHelps permission={permission} steps={explained.steps} principal={principal} />}
      </div>
    </section>
  );
}

interface RecordChoiceProps {
  kind: string;
  value: string;
  onChange: (id: string) => void;
}

function RecordChoice({ kind, value, onChange }: RecordChoiceProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const choices = useRecordChoices(kind, value);
  return (
    <Select
      label={t('may.record', { kind: words.kind(kind) })}
      placeholder={t('may.anyRecord')}
      {...choices}
      searchable
      clearable
      value={value || null}
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  );
}
