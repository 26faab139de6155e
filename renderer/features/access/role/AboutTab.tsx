import { MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import classes from './Role.module.css';
import { keyOfName } from './roleDraft.ts';
import type { RoleEditor } from './useRoleEditor.ts';

/** Tenants to choose from. */
const tenantsOffered = 2000;

/** What the role is called and where it counts. */
export function AboutTab({ editor }: { editor: RoleEditor }) {
  const { t } = useTranslation('access');
  const roleWords = useRoleWords();
  const words = useRecordWords();
  const { draft, change, role } = editor;
  const readOnly = editor.whyNot !== '';
  const tenants = useRecordList({
    kind: 'tenant',
    sort: [{ path: 'body.name', descending: false }],
    limit: tenantsOffered,
  });
  const offered = tenants.rows.map(({ record }) => ({ value: record.id, label: words.title(record) }));
  const missing = draft.tenants
    .filter((id) => !offered.some((one) => one.value === id))
    .map((id) => ({ value: id, label: words.name('tenant', id) }));
  const common = { readOnly, inputWrapperOrder: ['label', 'input', 'description', 'error'] as const };
  return (
    <div className={classes.about}>
      <TextInput
        {...common}
        inputWrapperOrder={[...common.inputWrapperOrder]}
        label={words.field('role', 'body.name')}
        withAsterisk
        maxLength={200}
        value={roleWords.name({ ...draft, isSystem: role?.body.isSystem })}
        data-testid="role-name"
        onChange={(event) => {
          const name = event.currentTarget.value;
          // A new role's key follows its name until somebody types another.
          const follows = !role && (draft.key === '' || draft.key === keyOfName(draft.name));
          change({ name, ...(follows ? { key: keyOfName(name) } : {}) });
        }}
      />
      <TextInput
        {...common}
        inputWrapperOrder={[...common.inputWrapperOrder]}
        label={words.field('role', 'body.key')}
        description={t('role.keyHelp')}
        withAsterisk
        maxLength={64}
        dir="ltr"
        readOnly={readOnly || role !== undefined}
        value={draft.key}
        data-testid="role-key-input"
        onChange={(event) => change({ key: event.currentTarget.value })}
      />
      <Textarea
        {...common}
        inputWrapperOrder={[...common.inputWrapperOrder]}
        label={words.field('role', 'body.description')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={roleWords.description({ ...draft, isSystem: role?.body.isSystem })}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <MultiSelect
        {...common}
        inputWrapperOrder={[...common.inputWrapperOrder]}
        label={t('role.tenants')}
        description={t(draft.tenants.length === 0 ? 'role.tenantsAll' : 'role.tenantsSome')}
        placeholder={draft.tenants.length === 0 ? t('allTenants') : ''}
        data={[...missing, ...offered]}
        searchable
        clearable
        limit={100}
        value={draft.tenants}
        data-testid="role-tenants"
        onChange={(chosen) => change({ tenants: chosen })}
      />
    </div>
  );
}
