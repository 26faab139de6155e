import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { compareRights } from '#shared/domain/access/compareRights.ts';
import { simulateRoleChange } from '#shared/domain/access/simulateRoleChange.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { usePeople, useRoles } from '../useRoles.ts';
import { DifferenceList } from './DifferenceList.tsx';
import classes from './Role.module.css';
import type { RoleEditor } from './useRoleEditor.ts';

interface SaveRoleDialogProps {
  editor: RoleEditor;
  onSave: (reason: string) => void;
  onClose: () => void;
}

/** People named; the rest is counted. */
const namesShown = 8;

/** Before a role is saved: what changes, and for whom, with what they hold otherwise. Asks why. */
export function SaveRoleDialog({ editor, onSave, onClose }: SaveRoleDialogProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const roles = useRoles();
  const people = usePeople();
  const now = useNow();
  const { role, stored, draft } = editor;
  const difference = useMemo(() => compareRights(stored, draft), [stored, draft]);
  const consequence = useMemo(
    () =>
      role &&
      simulateRoleChange({
        roles: roles.all,
        staff: people.all,
        change: { roleId: role.id, after: draft },
        uses: [],
        now,
      }),
    [role, roles, people, draft, now],
  );
  return (
    <ReasonDialog
      wide
      reason={role ? 'required' : 'none'}
      words={{
        title: t(role ? 'save.title' : 'save.titleNew', { name: draft.name }),
        confirm: t('role.save'),
        cancel: t('cancel'),
        reason: t('save.reason'),
        reasonHelp: t('save.reasonHelp'),
        reasonMissing: t('save.reasonMissing'),
      }}
      onConfirm={onSave}
      onClose={onClose}
    >
      <div className={classes.consequence} data-testid="consequences">
        <DifferenceList difference={difference} title={t('save.changes')} />
        {consequence && (
          <section aria-label={t('save.people')}>
            <h2>
              {t('save.people')} <span>{t('save.holders', { count: consequence.holders })}</span>
            </h2>
            {consequence.people.length === 0 && <p className={classes.quiet}>{t('save.nobody')}</p>}
            <ul className={classes.people}>
              {consequence.people.slice(0, namesShown).map((person) => (
                <li key={person.staffId} data-testid={`consequence-${person.staffId}`}>
                  <bdi>{person.name}</bdi>
                  {person.lost.length > 0 && (
                    <span data-change="lost">{t('save.loses', { count: person.lost.length })}</span>
                  )}
                  {person.gained.length > 0 && (
                    <span data-change="gained">{t('save.gains', { count: person.gained.length })}</span>
                  )}
                  {person.fields.length > 0 && <span>{t('save.fields', { count: person.fields.length })}</span>}
                </li>
              ))}
            </ul>
            {consequence.people.length > namesShown && (
              <p className={classes.quiet}>
                {t('save.more', { count: consequence.people.length - namesShown, shown: words.number(namesShown) })}
              </p>
            )}
          </section>
        )}
        <p className={classes.quiet}>{t('save.atOnce')}</p>
      </div>
    </ReasonDialog>
  );
}
