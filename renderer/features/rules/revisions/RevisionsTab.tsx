import { Radio } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconHistory, IconRestore } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import { ruleRevision } from '#shared/resources/automation/ruleRevision.ts';
import type { RuleRevision } from '#shared/resources/automation/ruleRevision.ts';
import { asJsonObject } from '#renderer/data/automation/asJsonObject.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { compareContents } from './compareContents.ts';
import { FieldChanges } from './FieldChanges.tsx';
import { restoredBody } from './restoredBody.ts';
import classes from './Revisions.module.css';

/** Revisions listed; nobody goes back further by looking. */
const revisionsShown = 300;
/** Stands for the rule as it is now. */
const current = 'now';

interface Side {
  id: string;
  label: string;
  content: JsonObject;
  revision: RuleRevision | undefined;
}

/** Every saved state of a rule: any two compared, an old one brought back as a new one. */
export function RevisionsTab({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const found = useRecordList({
    kind: 'ruleRevision',
    filters: [{ path: 'body.ruleId', operator: 'is', value: record.id }],
    sort: [{ path: 'body.savedAt', descending: true }],
    limit: revisionsShown,
  });
  const sides = useMemo(() => {
    const saved = found.rows.flatMap(({ record: one }): Side[] => {
      const body = ruleRevision.body.safeParse(one.body);
      if (!body.success) return [];
      const revision = { ...one, body: body.data };
      const label = t('revisions.number', { number: words.number(body.data.revision) });
      return [{ id: one.id, label, content: wholeContent(body.data.snapshot), revision }];
    });
    return [
      { id: current, label: t('revisions.now'), content: wholeContent(record.body), revision: undefined },
      ...saved,
    ];
  }, [found.rows, record.body, t, words]);
  const [chosen, setChosen] = useState({ before: '', after: current });
  const after = sides.find((side) => side.id === chosen.after) ?? sides[0];
  // Until one is chosen, with the one before it: the newest revision is what the rule is now.
  const before = sides.find((side) => side.id === chosen.before) ?? sides[2] ?? sides[1];
  if (sides.length === 1 || !after || !before)
    return (
      <EmptyState
        icon={<IconHistory size={32} />}
        title={t(found.state === 'reading' ? 'reading' : 'revisions.empty')}
        description={found.state === 'reading' ? undefined : t('revisions.emptyText')}
      />
    );
  return (
    <div className={classes.tab}>
      <div className={classes.sideList}>
        <div className={classes.listHead} aria-hidden="true">
          <span>{t('revisions.older')}</span>
          <span>{t('revisions.newer')}</span>
        </div>
        <ol className={classes.list} aria-label={t('revisions.list')}>
          {sides.map((side) => (
            <li
              key={side.id}
              className={classes.revision}
              data-current={side === before || side === after || undefined}
            >
              <button
                type="button"
                className={classes.choose}
                data-testid={`revision-${side.revision?.body.revision ?? current}`}
                onClick={() => setChosen({ before: side.id === current ? '' : side.id, after: current })}
              >
                <span className={classes.number}>{side.label}</span>
                <span className={classes.quiet}>
                  {side.revision ? (
                    <>
                      <RelativeTime instant={side.revision.body.savedAt} /> ·{' '}
                      {words.name('staff', side.revision.body.savedBy)}
                    </>
                  ) : (
                    <RelativeTime instant={record.updatedAt} />
                  )}
                </span>
              </button>
              <Radio
                size="xs"
                name="before"
                checked={side === before}
                aria-label={t('revisions.asBefore', { revision: side.label })}
                onChange={() => setChosen((now) => ({ ...now, before: side.id }))}
              />
              <Radio
                size="xs"
                name="after"
                checked={side === after}
                aria-label={t('revisions.asAfter', { revision: side.label })}
                onChange={() => setChosen((now) => ({ ...now, after: side.id }))}
              />
            </li>
          ))}
        </ol>
      </div>
      <Comparison record={record} before={before} after={after} />
    </div>
  );
}

/** With the defaults of fields that came later, so that only what somebody wrote differs. */
function wholeContent(content: JsonObject): JsonObject {
  const read = rule.body.safeParse(content);
  return read.success ? asJsonObject(read.data) : content;
}

function Comparison({ record, before, after }: { record: RecordEnvelope; before: Side; after: Side }) {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const replica = useReplica();
  const access = useAccess();
  const [asked, setAsked] = useState(false);
  const changes = useMemo(() => compareContents(before.content, after.content), [before, after]);
  const isNow = before.id === current || compareContents(wholeContent(record.body), before.content).length === 0;
  const restore = async () => {
    setAsked(false);
    const body = restoredBody(before.content);
    const outcome = body.ok ? await replica.edit('rule', record.id, { body: body.value }) : body;
    if (outcome.ok) notifications.show({ message: t('revisions.restored', { revision: before.label }) });
    else notifications.show({ color: 'red', title: t('failed'), message: problemText(outcome.error) });
  };
  return (
    <section className={classes.detail} aria-label={t('revisions.compare')}>
      <div className={classes.bar}>
        <b>{t('revisions.between', { before: before.label, after: after.label })}</b>
        <span className={classes.spread} />
        <GuardedButton
          variant="default"
          leftSection={<IconRestore size={14} />}
          whyNot={isNow ? t('revisions.same') : access('automation.edit', record)}
          data-testid="restore-revision"
          onClick={() => setAsked(true)}
        >
          {t('revisions.restore', { revision: before.label })}
        </GuardedButton>
      </div>
      {changes.length === 0 ? (
        <p className={classes.plain}>{t('revisions.equal')}</p>
      ) : (
        <FieldChanges changes={changes} before={before.label} after={after.label} />
      )}
      {asked && (
        <ReasonDialog
          wide
          reason="none"
          words={{
            title: t('revisions.restoreTitle', { revision: before.label }),
            confirm: t('revisions.restore', { revision: before.label }),
            cancel: t('cancel'),
          }}
          onClose={() => setAsked(false)}
          onConfirm={() => void restore()}
        >
          <p className={classes.plain}>{t('revisions.restoreText')}</p>
          <FieldChanges
            changes={compareContents(wholeContent(record.body), before.content)}
            before={t('revisions.now')}
            after={before.label}
          />
        </ReasonDialog>
      )}
    </section>
  );
}
