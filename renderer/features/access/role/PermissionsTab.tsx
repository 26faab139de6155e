import { Checkbox, CloseButton, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { compareRights } from '#shared/domain/access/compareRights.ts';
import { expandPatterns, isDangerous } from '#shared/domain/access/permissionCatalogue.ts';
import type { Role } from '#shared/resources/access/role.ts';
import list from '#renderer/ui/ListPage.module.css';
import { useAccessWords } from '../useAccessWords.ts';
import { DifferenceList } from './DifferenceList.tsx';
import { matrixView } from './rightsMatrix.ts';
import { RightsMatrix } from './RightsMatrix.tsx';
import classes from './Role.module.css';
import type { RoleEditor } from './useRoleEditor.ts';

/** The matrix with its search and filters, and what differs from the saved role or from another one. */
export function PermissionsTab({ editor, roles }: { editor: RoleEditor; roles: readonly Role[] }) {
  const { t } = useTranslation('access');
  const roleWords = useRoleWords();
  const access = useAccessWords();
  const { draft, stored, role } = editor;
  const [search, setSearch] = useState('');
  const [onlyGranted, setOnlyGranted] = useState(false);
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [otherId, setOtherId] = useState('');
  const other = roles.find((one) => one.id === otherId);
  const compared = other ? other.body : role && editor.changes > 0 ? stored : undefined;
  const difference = compared && compareRights(compared, draft);
  const changed = difference && new Set([...difference.gained, ...difference.lost]);
  const view = matrixView(
    draft.permissions,
    { search, onlyGranted, ...(changed ? { changed, onlyChanged: onlyChanged && changed.size > 0 } : {}) },
    access,
  );
  const held = expandPatterns(draft.permissions);
  return (
    <>
      <div className={classes.toolbar}>
        <TextInput
          className={classes.search}
          placeholder={t('matrix.search')}
          aria-label={t('matrix.search')}
          leftSection={<IconSearch size={14} />}
          rightSection={
            search !== '' && <CloseButton size="xs" aria-label={t('clear')} onClick={() => setSearch('')} />
          }
          data-testid="matrix-search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Checkbox
          label={t('matrix.onlyGranted')}
          checked={onlyGranted}
          data-testid="only-granted"
          onChange={(event) => setOnlyGranted(event.currentTarget.checked)}
        />
        {changed && changed.size > 0 && (
          <Checkbox
            label={t('matrix.onlyChanged')}
            checked={onlyChanged}
            data-testid="only-changed"
            onChange={(event) => setOnlyChanged(event.currentTarget.checked)}
          />
        )}
        <Select
          className={list.wide}
          aria-label={t('matrix.compare')}
          placeholder={t('matrix.compare')}
          data={roles
            .filter((one) => one.id !== role?.id)
            .map((one) => ({ value: one.id, label: roleWords.name(one.body) }))}
          value={otherId || null}
          searchable
          clearable
          data-testid="compare-with"
          onChange={(value) => setOtherId(value ?? '')}
        />
        <span className={list.end}>
          <span className={list.count} role="status" data-testid="held-count">
            {t('matrix.held', { count: held.length })}
            {held.some(isDangerous) && ` · ${t('matrix.heldDangerous', { count: held.filter(isDangerous).length })}`}
          </span>
        </span>
      </div>
      {difference && (
        <DifferenceList
          difference={difference}
          title={other ? t('compare.with', { role: roleWords.name(other.body) }) : t('compare.saved')}
        />
      )}
      <RightsMatrix
        permissions={draft.permissions}
        view={view}
        compareWith={compared?.permissions}
        onChange={editor.whyNot === '' ? (permissions) => editor.change({ permissions }) : undefined}
      />
    </>
  );
}
