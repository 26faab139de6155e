import { Badge } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import detailPage from '#renderer/ui/DetailPage.module.css';
import classes from '../Rules.module.css';
import { RuleActivity } from './RuleActivity.tsx';
import { RuleLogic } from './RuleLogic.tsx';
import { SkippedNotice } from './SkippedNotice.tsx';

/** What a rule does, read aloud, and how it did. */
export function RuleOverview({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const automation = useAutomationWords();
  const read = rule.body.safeParse(record.body);
  if (!read.success)
    return (
      <EmptyState
        icon={<IconAlertTriangle size={32} />}
        title={t('rules.unreadable')}
        description={t('rules.unreadableText', { path: read.error.issues[0]?.path.map(String).join('.') ?? '' })}
      />
    );
  const { data: body } = read;
  const facts: [string, ReactNode][] = [
    ['body.priority', words.number(body.priority)],
    [
      'body.concurrency',
      body.concurrency === 'parallel' && body.maxParallel > 0
        ? t('rules.parallel', { count: body.maxParallel })
        : words.value('rule', 'body.concurrency', body.concurrency),
    ],
    ['body.cooldownSeconds', body.cooldownSeconds === 0 ? t('none') : automation.duration(body.cooldownSeconds * 1000)],
    ['body.revision', words.number(body.revision)],
  ];
  return (
    <div className={classes.overview}>
      <div className={classes.main}>
        <SkippedNotice record={record} />
        {body.description !== '' && (
          <p className={classes.prose}>
            <bdi>{body.description}</bdi>
          </p>
        )}
        <RuleActivity record={record} body={body} />
        <section>
          <h2 className={classes.heading}>{t('logic.title')}</h2>
          <RuleLogic trigger={body.trigger} conditions={body.conditions} steps={body.steps} />
        </section>
      </div>
      <aside aria-label={t('facts')}>
        <dl className={detailPage.facts}>
          {facts.map(([path, value]) => (
            <div key={path}>
              <dt>{words.field('rule', path)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {body.tags.length > 0 && (
            <div>
              <dt>{words.field('rule', 'body.tags')}</dt>
              <dd className={classes.tags}>
                {body.tags.map((tag) => (
                  <Badge key={tag} size="sm" variant="light" color="gray">
                    {tag}
                  </Badge>
                ))}
              </dd>
            </div>
          )}
          {(['createdAt', 'updatedAt'] as const).map((path) => (
            <div key={path}>
              <dt>{words.field('rule', path)}</dt>
              <dd>
                <RelativeTime instant={record[path]} />
                <span className={classes.by}>
                  {words.name('staff', path === 'createdAt' ? record.createdBy : record.updatedBy)}
                </span>
              </dd>
            </div>
          ))}
        </dl>
      </aside>
    </div>
  );
}
