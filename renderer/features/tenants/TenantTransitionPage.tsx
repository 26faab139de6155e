import { Button, NumberInput, Progress, Select, Textarea } from '@mantine/core';
import { IconBuildingOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { Preflight } from './Preflight.tsx';
import { runTransitions } from './runTransitions.ts';
import type { TransitionResult } from './runTransitions.ts';
import classes from './Tenants.module.css';
import { TransitionGrid } from './TransitionGrid.tsx';
import { dangerousStates, orderedStates, previewTransition, tenantStates } from './transitionPreview.ts';

/** Sends many tenants to one state: which may go and why the others may not, what is touched, then the result of each. */
export function TenantTransitionPage({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('tenants');
  const words = useRecordWords();
  const principal = usePrincipal();
  const replica = useReplica();
  const wanted: Json[] = [...ids];
  const list = useRecordList({
    kind: 'tenant',
    filters: [{ path: 'id', operator: 'in', value: wanted }],
    limit: Math.max(1, ids.length),
  });
  const [to, setTo] = useState('SUSPENDED');
  const [reason, setReason] = useState('');
  const [stopAfter, setStopAfter] = useState(5);
  const [results, setResults] = useState<readonly TransitionResult[]>([]);
  const [running, setRunning] = useState(false);
  const [planned, setPlanned] = useState(0);
  const chosen = useMemo(() => list.rows.map((row) => row.record), [list.rows]);
  // A reason still to be typed refuses nobody; the button asks for it.
  const preview = previewTransition(chosen, to, 'given', principal);
  const asksReason = previewTransition(chosen, to, '', principal).accepted.length < preview.accepted.length;
  const needsReason = asksReason && reason.trim() === '';

  const run = async (targets: readonly string[]) => {
    setRunning(true);
    setPlanned(targets.length);
    const kept = results.filter((result) => !targets.includes(result.id));
    await runTransitions(
      targets,
      (id) => replica.edit('tenant', id, { status: to, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }),
      {
        stopAfter,
        onProgress: (so) => setResults([...kept, ...so]),
      },
    );
    setRunning(false);
  };
  if (chosen.length === 0) {
    return list.state === 'reading' ? null : (
      <EmptyState icon={<IconBuildingOff size={32} />} title={t('bulk.none')} description={t('bulk.noneText')} />
    );
  }
  const done = results.filter((result) => result.outcome === 'done').length;
  const retry = results.filter((result) => result.outcome !== 'done').map((result) => result.id);
  return (
    <div className={classes.page}>
      <PageHeader title={t('bulk.title', { count: chosen.length })} description={t('bulk.subtitle')} />
      <div className={classes.bulk}>
        <div className={classes.bulkForm}>
          {list.count > chosen.length && (
            <p className={classes.prose} role="note">
              {t('bulk.partial', { shown: chosen.length, total: list.count })}
            </p>
          )}
          <Select
            label={t('bulk.to')}
            data={orderedStates(tenantStates()).map((state) => ({ value: state, label: words.state('tenant', state) }))}
            value={to}
            allowDeselect={false}
            disabled={running || results.length > 0}
            onChange={(state) => state !== null && setTo(state)}
          />
          <Textarea
            label={t('transition.reason')}
            description={t('transition.reasonHelp')}
            withAsterisk={asksReason}
            autosize
            minRows={2}
            maxLength={2000}
            data-testid="reason"
            disabled={running}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <NumberInput
            label={t('bulk.stopAfter')}
            description={t('bulk.stopAfterHelp')}
            min={1}
            max={1000}
            disabled={running}
            value={stopAfter}
            onChange={(value) => typeof value === 'number' && setStopAfter(value)}
          />
          <p className={classes.prose}>{t(`effect.${to}`)}</p>
          {results.length === 0 ? (
            <Button
              color={dangerousStates.has(to) ? 'red' : undefined}
              disabled={preview.accepted.length === 0 || needsReason || running}
              data-testid="confirm"
              onClick={() => void run(preview.accepted.map((record) => record.id))}
            >
              {needsReason
                ? t('bulk.needsReason')
                : t('bulk.confirm', { count: preview.accepted.length, act: t(`act.${to}`) })}
            </Button>
          ) : (
            <>
              <Progress value={running ? (done / Math.max(1, planned)) * 100 : 100} aria-label={t('bulk.progress')} />
              {retry.length > 0 && !running && (
                <Button variant="default" data-testid="retry" onClick={() => void run(retry)}>
                  {t('bulk.retry', { count: retry.length })}
                </Button>
              )}
            </>
          )}
          {dangerousStates.has(to) && preview.accepted.length > 0 && (
            <Preflight tenantIds={preview.accepted.map((record) => record.id)} />
          )}
        </div>
        <TransitionGrid records={chosen} to={to} preview={preview} results={results} />
      </div>
    </div>
  );
}
