import { Alert } from '@mantine/core';
import { IconArrowsSplit, IconEyeOff, IconHistory, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { FormFieldRow } from './FormFieldRow.tsx';
import classes from './Records.module.css';
import type { RecordForm } from './useRecordForm.ts';

/** The generated form of a record, with what a person must know before typing. */
export function RecordFormView({ form, onSave }: { form: RecordForm; onSave: () => void }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const { kind } = form.resource;
  const names = form.hidden.map((name) => words.field(kind, `body.${name}`)).join(words.listSeparator);
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      {form.locked && (
        <Alert variant="light" color="gray" icon={<IconLock size={16} />}>
          {t(`lock.${form.locked}`, { permission: `${form.resource.permission}.edit` })}
        </Alert>
      )}
      {form.restored && (
        <Alert variant="light" color="blue" icon={<IconHistory size={16} />} data-testid="draft-restored">
          {t('draftRestored')}
        </Alert>
      )}
      {form.elsewhere.length > 0 && (
        <Alert variant="light" color="orange" icon={<IconArrowsSplit size={16} />} data-testid="changed-elsewhere">
          {t('elsewhere.text', {
            fields: form.elsewhere.map((path) => words.field(kind, path)).join(words.listSeparator),
          })}
        </Alert>
      )}
      {form.groups.map((group) => (
        <fieldset key={group.name} className={classes.group}>
          <legend className={classes.groupName}>
            {group.name === ''
              ? t(form.groups.length > 1 ? 'otherFields' : 'fields')
              : t(`groups.${kind}.${group.name}`, { ns: 'resources', defaultValue: group.name })}
          </legend>
          {group.fields.map((field) => (
            <FormFieldRow key={field.path} form={form} field={field} />
          ))}
        </fieldset>
      ))}
      {form.hidden.length > 0 && (
        <p className={classes.hidden}>
          <IconEyeOff size={14} aria-hidden="true" />
          {t('hiddenFields', { fields: names })}
        </p>
      )}
    </form>
  );
}
