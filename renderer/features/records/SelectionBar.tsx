import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import type { Selection } from '#renderer/data/list/selection.ts';
import classes from './RecordList.module.css';

export type BulkPurpose = 'edit' | 'assign' | 'delete';

interface SelectionBarProps {
  resource: Resource;
  selected: Selection;
  onAct: (purpose: BulkPurpose) => void;
  onClear: () => void;
}

/** What can be done with everything selected. */
export function SelectionBar({ resource, selected, onAct, onClear }: SelectionBarProps) {
  const { t } = useTranslation('records');
  const principal = usePrincipal();
  const may = (verb: string) =>
    resource.writer === 'console' &&
    principal !== undefined &&
    holdsAnywhere(principal, `${resource.permission}.${verb}`);
  return (
    <div className={classes.selection} role="toolbar" aria-label={t('list.selected', { count: selected.size })}>
      <b data-testid="selected-count">{t('list.selected', { count: selected.size })}</b>
      {may('edit') && (
        <>
          <Button size="compact-sm" variant="default" data-testid="bulk-edit" onClick={() => onAct('edit')}>
            {t('list.bulkEdit')}
          </Button>
          <Button size="compact-sm" variant="default" data-testid="bulk-assign" onClick={() => onAct('assign')}>
            {t('list.assign')}
          </Button>
        </>
      )}
      {resource.kind === 'tenant' && may('edit') && (
        <Button
          component={Link}
          href={`/tenants/transition?ids=${[...selected.keys()].join(',')}`}
          size="compact-sm"
          variant="default"
          data-testid="bulk-transition"
        >
          {t('list.changeState')}
        </Button>
      )}
      {may('delete') && (
        <Button
          size="compact-sm"
          variant="default"
          className={classes.danger}
          data-testid="bulk-delete"
          onClick={() => onAct('delete')}
        >
          {t('list.bulkDelete')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        {t('list.clearSelection')}
      </Button>
    </div>
  );
}
