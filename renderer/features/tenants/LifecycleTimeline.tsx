import { Anchor, Timeline } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { lifecycleEntry } from '#shared/resources/tenants/lifecycleEntry.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import classes from './Tenants.module.css';
import { tenantListPath } from './tenantListPath.ts';

/** Moves listed; hardly a tenant has more. */
const movesShown = 200;
const visibleBody = lifecycleEntry.body.partial();

/** Every move of a tenant, newest first: from, to, who or what, when, why. */
export function LifecycleTimeline({ tenantId }: { tenantId: string }) {
  const { t } = useTranslation('tenants');
  const words = useRecordWords();
  const list = useRecordList({
    kind: 'lifecycleEntry',
    tenantId,
    sort: [{ path: 'body.at', descending: true }],
    limit: movesShown,
  });
  if (list.rows.length === 0) {
    return list.state === 'reading' ? null : (
      <EmptyState icon={<IconHistory size={32} />} title={t('timeline.empty')} description={t('timeline.emptyText')} />
    );
  }
  return (
    <>
      <Timeline bulletSize={12} lineWidth={1} className={classes.timeline}>
        {list.rows.map(({ record }) => {
          const parsed = visibleBody.safeParse(record.body);
          const body = parsed.success ? parsed.data : {};
          const to = body.to ?? '';
          const actor = body.triggeredBy ?? 'system';
          return (
            <Timeline.Item
              key={record.id}
              title={<StatusMark tone={words.tone('tenant', to)}>{words.state('tenant', to)}</StatusMark>}
            >
              {body.from && (
                <div className={classes.quiet}>{t('timeline.from', { state: words.state('tenant', body.from) })}</div>
              )}
              <div className={classes.quiet}>
                {t(`source.${body.triggerSource ?? 'system'}`)}
                {actor !== 'system' && ` · ${words.name('staff', actor)}`} ·{' '}
                <RelativeTime instant={body.at ?? record.createdAt} />
              </div>
              {body.reason && <p className={classes.prose}>{body.reason}</p>}
            </Timeline.Item>
          );
        })}
      </Timeline>
      {list.count > list.rows.length && (
        <p className={classes.older}>
          <Anchor component={Link} size="xs" href={tenantListPath('lifecycleEntry', tenantId)}>
            {t('timeline.older', { count: list.count - list.rows.length })}
          </Anchor>
        </p>
      )}
    </>
  );
}
