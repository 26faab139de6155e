import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { FieldInput } from './FieldInput.tsx';
import { valueOf } from './formFields.ts';
import type { FormField } from './formFields.ts';
import { ReferenceName } from './ReferenceName.tsx';
import classes from './Records.module.css';
import type { RecordForm } from './useRecordForm.ts';

interface FormFieldRowProps {
  form: RecordForm;
  field: FormField;
}

/** One field of a form: its input, whether it changed, and the choice when somebody else changed it too. */
export function FormFieldRow({ form, field }: FormFieldRowProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const { resource, record } = form;
  const label = words.field(resource.kind, field.path);
  if (field.lock) return <LockedField form={form} field={field} label={label} />;
  const dirty = form.isDirty(field.path);
  const elsewhere = form.elsewhere.includes(field.path);
  const theirs = valueOf(record, field.path);
  return (
    <div className={classes.field} data-dirty={dirty || undefined} data-elsewhere={elsewhere || undefined}>
      <FieldInput
        path={field.path}
        hint={field.hint}
        label={label}
        value={form.inputOf(field.path)}
        onChange={(value) => form.setInput(field.path, value)}
        error={form.errorOf(field.path)}
        required={field.required}
        options={words.options(resource.kind, field.path)}
        currency={field.hint.widget === 'money' ? String(form.inputOf(`body.${field.hint.currencyField}`)) : undefined}
        tenantId={record.tenantId}
      />
      {dirty && (
        <Tooltip label={t('revertField')}>
          <ActionIcon
            className={classes.revert}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`${t('revertField')}: ${label}`}
            data-testid={`revert-${field.path}`}
            onClick={() => form.revert(field.path)}
          >
            <IconArrowBackUp size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      {elsewhere && (
        <div className={classes.elsewhere} role="group" aria-label={t('elsewhere.field', { field: label })}>
          <span>
            {t('elsewhere.theirs', {
              value: words.value(resource.kind, field.path, theirs, record.body) || t('empty'),
            })}
          </span>
          <Button
            size="compact-xs"
            variant="default"
            data-testid={`take-theirs-${field.path}`}
            onClick={() => form.revert(field.path)}
          >
            {t('elsewhere.takeTheirs')}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            data-testid={`keep-mine-${field.path}`}
            onClick={() => form.keepMine(field.path)}
          >
            {t('elsewhere.keepMine')}
          </Button>
        </div>
      )}
    </div>
  );
}

function LockedField({ form, field, label }: FormFieldRowProps & { label: string }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const { resource, record } = form;
  const value = valueOf(record, field.path);
  const structure = isStructure(value);
  const why = t(`lock.${field.lock ?? 'no_edit'}`, { permission: `${resource.permission}.edit` });
  return (
    <div className={classes.field}>
      <div className={classes.lockedLabel}>
        {label}
        {!form.locked && (
          <Tooltip label={why} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
            <span className={classes.lock} tabIndex={0} role="img" aria-label={why}>
              <IconLock size={13} aria-hidden="true" />
            </span>
          </Tooltip>
        )}
      </div>
      <div
        className={structure ? classes.lockedCode : classes.lockedValue}
        {...(structure ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
        data-testid={`field-${field.path}`}
      >
        {value === undefined || value === null || value === '' ? (
          <span className={classes.quiet}>{t('empty')}</span>
        ) : field.hint.widget === 'reference' && typeof value === 'string' ? (
          <ReferenceName kind={field.hint.kind} id={value} />
        ) : (
          <bdi>
            {words.value(resource.kind, field.path, value, record.body)}
            {field.hint.widget === 'number' && field.hint.unit && field.hint.unit !== 'percent'
              ? ` ${t(`unit.${field.hint.unit}`)}`
              : ''}
          </bdi>
        )}
      </div>
    </div>
  );
}

function isStructure(value: Json | undefined): boolean {
  return isJsonObject(value) || (Array.isArray(value) && value.some((item) => typeof item !== 'string'));
}
