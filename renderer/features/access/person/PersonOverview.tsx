import { Button, Kbd, MultiSelect, Select, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { Staff } from '#shared/resources/access/staff.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { FormFoot } from '#renderer/ui/FormFoot.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { LeaveGuard } from '#renderer/ui/LeaveGuard.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { grantState } from '../holders.ts';
import { useProvenWrite } from '../useProvenWrite.ts';
import { useRoles } from '../useRoles.ts';
import classes from './Person.module.css';
import { PersonProvider } from './PersonProvider.tsx';
import { keepProfileDraft, readProfileDraft } from './profileDraft.ts';
import type { ProfileDraft } from './profileDraft.ts';
import { RoleChip } from './RoleChip.tsx';

/** The profile, and beside it what the person holds at a glance. */
export function PersonOverview({ person }: { person: Staff }) {
  const { t } = useTranslation('access');
  const problemText = useProblemText();
  const words = useRecordWords();
  const access = useAccess();
  const replica = useReplica();
  const proven = useProvenWrite();
  const principal = usePrincipal();
  const roles = useRoles();
  const now = useNow();
  const [draft, setDraft] = useState(() => readProfileDraft(person.id));
  const [saving, setSaving] = useState(false);
  const tenants = useRecordList({ kind: 'tenant', sort: [{ path: 'body.name', descending: false }], limit: 2000 });
  const whyNot = access('staff.edit', person);
  const ownTenants = person.id === principal?.id ? t('person.self') : '';
  const shown = { ...person.body, ...draft };
  const dirty = Object.keys(draft).length;
  const change = (patch: ProfileDraft) => {
    const next = Object.fromEntries(
      Object.entries({ ...draft, ...patch }).filter(
        ([name, value]) => !jsonEqual(value, person.body[name as keyof ProfileDraft]),
      ),
    );
    setDraft(next);
    keepProfileDraft(person.id, next);
  };
  const discard = () => {
    setDraft({});
    keepProfileDraft(person.id, {});
  };
  const save = async () => {
    if (dirty === 0 || whyNot !== '') return;
    setSaving(true);
    const write = () => replica.edit('staff', person.id, { body: { ...draft } });
    const outcome = await (draft.email === undefined && draft.tenants === undefined ? write() : proven(write));
    setSaving(false);
    if (outcome.ok) discard();
    else notifications.show({ color: 'red', title: t('failed'), message: problemText(outcome.error) });
  };
  useHotkeys([['mod+S', () => void save(), { usePhysicalKeys: true }]], []);
  const readOnly = whyNot !== '';
  const offered = tenants.rows.map(({ record }) => ({ value: record.id, label: words.title(record) }));
  const missing = shown.tenants
    .filter((id) => !offered.some((one) => one.value === id))
    .map((id) => ({ value: id, label: words.name('tenant', id) }));
  return (
    <>
      <div className={classes.columns}>
        <div className={classes.form}>
          <TextInput
            label={words.field('staff', 'body.displayName')}
            readOnly={readOnly}
            maxLength={200}
            value={shown.displayName}
            data-testid="profile-name"
            onChange={(event) => change({ displayName: event.currentTarget.value })}
          />
          <TextInput
            label={words.field('staff', 'body.email')}
            type="email"
            dir="ltr"
            readOnly={readOnly}
            maxLength={320}
            value={shown.email}
            onChange={(event) => change({ email: event.currentTarget.value })}
          />
          <Select
            label={words.field('staff', 'body.locale')}
            readOnly={readOnly}
            allowDeselect={false}
            data={words.options('staff', 'body.locale') ?? []}
            value={shown.locale}
            onChange={(value) =>
              change({ locale: (['en', 'ar', 'fr'] as const).find((one) => one === value) ?? shown.locale })
            }
          />
          <MultiSelect
            label={t('people.tenants')}
            description={ownTenants || t('person.tenantsHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            readOnly={readOnly || ownTenants !== ''}
            placeholder={shown.tenants.length === 0 ? t('none') : undefined}
            data={[...missing, ...offered]}
            searchable
            limit={100}
            value={shown.tenants}
            onChange={(chosen) => change({ tenants: chosen })}
          />
          {readOnly && <p className={classes.quiet}>{whyNot}</p>}
        </div>
        <aside className={classes.rail}>
          <h2>{t('person.holds')}</h2>
          <div className={classes.chips}>
            {person.body.roles
              .filter((held) => grantState(held, now) !== 'over')
              .map((held) => (
                <RoleChip key={held.id} held={held} role={roles.byId.get(held.roleId)} />
              ))}
            {person.body.roles.length === 0 && <p className={classes.quiet}>{t('people.noRoles')}</p>}
          </div>
          {access('staff.manage') === '' && <PersonProvider person={person} />}
          <dl>
            <dt>{t('person.created')}</dt>
            <dd>{words.instant(person.createdAt)}</dd>
            <dt>{t('role.changed')}</dt>
            <dd>{words.instant(person.updatedAt)}</dd>
          </dl>
        </aside>
      </div>
      {!readOnly && (
        <FormFoot
          dirty={dirty > 0}
          state={dirty === 0 ? t('role.nothingUnsaved') : t('role.unsaved', { count: dirty })}
        >
          <Button size="xs" variant="default" disabled={dirty === 0} onClick={discard}>
            {t('role.discard')}
          </Button>
          <GuardedButton
            size="xs"
            loading={saving}
            whyNot={dirty === 0 ? t('role.nothingUnsaved') : ''}
            rightSection={<Kbd>Ctrl S</Kbd>}
            data-testid="save-profile"
            onClick={() => void save()}
          >
            {t('person.save')}
          </GuardedButton>
        </FormFoot>
      )}
      <LeaveGuard dirty={dirty > 0 && !readOnly} title={person.body.displayName} onDiscard={discard} />
    </>
  );
}
