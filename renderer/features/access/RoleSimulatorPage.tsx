import { Alert, Button, Progress, SegmentedControl, Select } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCloudDownload,
  IconPlayerPlay,
  IconPlayerStop,
  IconShieldLock,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearch } from 'wouter';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useRoleWords } from '#renderer/data/hooks/useRoleWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useOnlineReason } from './person/useOnlineReason.ts';
import { draftOf, readRoleDraft, rebase } from './role/roleDraft.ts';
import { daysOf } from './simulator/accessUses.ts';
import { SimulationResult } from './simulator/SimulationResult.tsx';
import classes from './simulator/Simulator.module.css';
import { useAccessUses } from './simulator/useAccessUses.ts';
import { useRoleSimulation } from './simulator/useRoleSimulation.ts';
import { usePeople, useRoles } from './useRoles.ts';

type Change = 'draft' | 'like' | 'gone';

/** What a changed role would have meant to what people did in the last ninety days. `?role=` chooses one. */
export function RoleSimulatorPage() {
  const { t } = useTranslation('access');
  const roleWords = useRoleWords();
  const words = useRecordWords();
  const access = useAccess();
  const offline = useOnlineReason();
  const roles = useRoles();
  const people = usePeople();
  const uses = useAccessUses();
  const simulation = useRoleSimulation();
  const given = new URLSearchParams(useSearch()).get('role') ?? '';
  const [chosen, setRoleId] = useState('');
  const [asked, setChange] = useState<Change>();
  const [likeId, setLikeId] = useState('');
  const roleId = chosen || given;
  const role = roles.byId.get(roleId);
  const draft = roleId === '' ? undefined : readRoleDraft(roleId);
  const change: Change = asked ?? (draft ? 'draft' : 'like');
  const like = roles.byId.get(likeId);
  const after =
    role === undefined
      ? undefined
      : change === 'gone'
        ? null
        : change === 'like'
          ? like?.body
          : draft && rebase(draft.base, draft.draft, draftOf(role.body));
  const choices = roles.all.map((one) => ({ value: one.id, label: roleWords.name(one.body) }));
  const days = uses.fetched && daysOf(uses.fetched.uses);
  const missing =
    role === undefined
      ? t('simulator.needsRole')
      : after === undefined
        ? t(change === 'draft' ? 'simulator.noDraft' : 'simulator.needsOther')
        : '';
  const run = () => {
    if (after === undefined || !role) return;
    const rights = after && {
      permissions: after.permissions,
      tenants: after.tenants,
      fieldRules: after.fieldRules,
    };
    simulation.run({
      roles: [...roles.all],
      staff: [...people.all],
      change: { roleId: role.id, after: rights },
      uses: uses.fetched?.uses ?? [],
      now: Date.now(),
    });
  };
  const noRight = access('roles.view');
  if (noRight !== '')
    return (
      <div className={list.page} data-testid="role-simulator">
        <PageHeader title={t('simulator.title')} description={t('simulator.text')} />
        <EmptyState icon={<IconShieldLock size={32} />} title={t('roles.noRight')} description={noRight} />
      </div>
    );
  return (
    <div className={list.page} data-testid="role-simulator">
      <PageHeader title={t('simulator.title')} description={t('simulator.text')} />
      <div className={classes.scroll}>
        <div className={classes.setup}>
          <Select
            label={words.kind('role')}
            data={choices}
            searchable
            value={roleId || null}
            data-testid="simulated-role"
            onChange={(value) => setRoleId(value ?? '')}
          />
          <div>
            <span className={classes.label} id="simulated-change">
              {t('simulator.change')}
            </span>
            <SegmentedControl
              aria-labelledby="simulated-change"
              data={(['draft', 'like', 'gone'] as const).map((value) => ({
                value,
                label: t(`simulator.as.${value}`),
              }))}
              value={change}
              data-testid="simulated-change"
              onChange={(value) => setChange((['draft', 'like', 'gone'] as const).find((one) => one === value))}
            />
          </div>
          {change === 'like' && (
            <Select
              label={t('simulator.other')}
              data={choices.filter((one) => one.value !== roleId)}
              searchable
              value={likeId || null}
              data-testid="simulated-like"
              onChange={(value) => setLikeId(value ?? '')}
            />
          )}
          {change === 'draft' && role && (
            <p className={classes.quiet}>
              {t(draft ? 'simulator.draftText' : 'simulator.noDraft')}{' '}
              <Link href={`/roles/${encodeURIComponent(role.id)}`}>{t('simulator.openEditor')}</Link>
            </p>
          )}
        </div>
        <div className={classes.uses} data-testid="uses">
          <p>
            {uses.fetching !== undefined
              ? t('simulator.fetching', { count: uses.fetching })
              : uses.fetched && days
                ? t('simulator.uses', {
                    count: uses.fetched.uses.length,
                    first: words.day(days.first, 'full'),
                    last: words.day(days.last, 'full'),
                  })
                : t(uses.fetched ? 'simulator.noUses' : 'simulator.notFetched')}{' '}
            {uses.fetched && uses.fetching === undefined && (
              <span className={classes.quiet}>
                {t('simulator.fetched')} <RelativeTime instant={uses.fetched.fetchedAt} />
              </span>
            )}
          </p>
          {uses.fetching === undefined ? (
            <GuardedButton
              size="xs"
              variant="default"
              leftSection={<IconCloudDownload size={14} />}
              whyNot={access('roles.view_all') || offline}
              data-testid="fetch-uses"
              onClick={uses.fetch}
            >
              {t(uses.fetched ? 'simulator.fetchAgain' : 'simulator.fetch')}
            </GuardedButton>
          ) : (
            <Button size="xs" variant="default" onClick={uses.stop}>
              {t('simulator.stop')}
            </Button>
          )}
        </div>
        {uses.problem !== '' && (
          <Alert color="red" icon={<IconAlertTriangle size={16} />} role="alert">
            {uses.problem}
          </Alert>
        )}
        <div className={classes.start}>
          {simulation.state.at === 'running' ? (
            <>
              <Button
                variant="default"
                leftSection={<IconPlayerStop size={14} />}
                data-testid="stop-role-simulation"
                onClick={simulation.stop}
              >
                {t('simulator.stop')}
              </Button>
              <Progress
                value={simulation.state.share * 100}
                aria-label={t('simulator.running')}
                className={classes.progress}
              />
            </>
          ) : (
            <GuardedButton
              leftSection={<IconPlayerPlay size={14} />}
              whyNot={missing}
              data-testid="run-role-simulation"
              onClick={run}
            >
              {t('simulator.run')}
            </GuardedButton>
          )}
        </div>
        {simulation.state.at === 'failed' && (
          <Alert color="red" icon={<IconAlertTriangle size={16} />} role="alert">
            {simulation.state.problem}
          </Alert>
        )}
        {simulation.state.at === 'done' && (
          <SimulationResult
            simulation={simulation.state.simulation}
            roleName={role ? roleWords.name(role.body) : ''}
            withUses={uses.fetched !== undefined}
          />
        )}
      </div>
    </div>
  );
}
