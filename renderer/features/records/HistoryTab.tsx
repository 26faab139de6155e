import { Anchor, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { toneOfAction } from '#renderer/data/audit/actionGroups.ts';
import { madeOffline, viewEntry } from '#renderer/data/audit/entryView.ts';
import { useEntryWords } from '#renderer/data/audit/useEntryWords.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { ChangeTable, Withheld } from '#renderer/ui/ChangeTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import classes from './Records.module.css';
import { restoredInput } from './restoredInput.ts';
import type { RecordForm } from './useRecordForm.ts';

interface HistoryTabProps {
  resource: Resource;
  record: RecordEnvelope;
  form: RecordForm;
  onRestored: () => void;
}

/** Entries listed; the log itself holds the older ones. */
const entriesShown = 200;

/** What the log says about the record, field by field; an old value can be put back into the form. */
export function HistoryTab({ resource, record, form, onRestored }: HistoryTabProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const entries = useEntryWords();
  const principal = usePrincipal();
  const list = useRecordList({
    kind: 'auditEntry',
    filters: [{ path: 'body.resourceId', operator: 'is', value: record.id }],
    sort: [{ path: 'body.at', descending: true }],
    limit: entriesShown,
  });
  const may = principal !== undefined && holdsAnywhere(principal, 'audit.view');
  if (list.rows.length === 0) {
    return (
      <EmptyState
        icon={<IconHistory size={32} />}
        title={!may ? t('list.noRightTitle') : list.state === 'reading' ? t('reading') : t('history.empty')}
        description={may ? t('history.emptyText') : t('history.noRight')}
      />
    );
  }
  const editable = new Set(
    form.groups.flatMap((group) => group.fields.flatMap((field) => (field.lock ? [] : field.path))),
  );
  const restore = (path: string, value: unknown) => {
    const target = restoredInput(resource, record, path, value);
    if (!target) return;
    form.setInput(target.path, target.input);
    onRestored();
    notifications.show({ message: t('history.restored', { field: words.field(resource.kind, path) }) });
  };
  return (
    <ol className={classes.history}>
      {list.rows.map(({ record }) => {
        const entry = viewEntry(record);
        const { body, withheld } = entry;
        const hidden = <Withheld word={t('history.withheld')} why={t('history.withheldText')} />;
        const sides = entries.changes(entry);
        return (
          <li key={record.id} className={classes.entry} data-testid="history-entry">
            <div className={classes.entryHead}>
              <StatusMark tone={toneOfAction(body.action ?? '')}>{entries.action(entry)}</StatusMark>
              <b>{withheld.has('actorName') ? hidden : <bdi>{entries.actor(entry)}</bdi>}</b>
              <Link
                className={classes.quiet}
                href={`/audit?record=${encodeURIComponent(entry.body.resourceId ?? '')}&number=${body.number ?? ''}`}
              >
                <RelativeTime instant={body.at ?? record.createdAt} />
              </Link>
              {madeOffline(body) && (
                <span className={classes.quiet}>
                  {t('history.madeOffline', { time: words.instant(madeOffline(body)) })}
                </span>
              )}
            </div>
            {(body.reason || withheld.has('reason')) && (
              <p className={classes.prose} dir="auto">
                {withheld.has('reason') ? hidden : body.reason}
              </p>
            )}
            {entry.changes.length > 0 && (
              <ChangeTable
                words={{
                  caption: t('history.caption'),
                  field: t('history.field'),
                  before: t('history.before'),
                  after: t('history.after'),
                  empty: t('empty'),
                  withheld: t('history.withheld'),
                  withheldText: t('history.withheldText'),
                }}
                changes={entry.changes.map(({ path, before }, index) => ({
                  key: `${index}-${path}`,
                  label: words.field(resource.kind, path),
                  before: sides[index]?.before ?? { state: 'none' },
                  after: sides[index]?.after ?? { state: 'none' },
                  ...(editable.has(topPath(path)) && before.state === 'value'
                    ? {
                        action: (
                          <Button
                            size="compact-xs"
                            variant="subtle"
                            data-testid={`restore-${path}`}
                            aria-label={`${t('history.restore')}: ${words.field(resource.kind, path)}`}
                            onClick={() => restore(path, before.value)}
                          >
                            {t('history.restore')}
                          </Button>
                        ),
                      }
                    : {}),
                }))}
              />
            )}
          </li>
        );
      })}
      {list.count > list.rows.length && (
        <li>
          <Anchor component={Link} size="xs" href={`/audit?record=${encodeURIComponent(record.id)}`}>
            {t('history.older', { count: list.count - list.rows.length })}
          </Anchor>
        </li>
      )}
    </ol>
  );
}

function topPath(path: string): string {
  return path
    .split('.')
    .slice(0, path.startsWith('body.') ? 2 : 1)
    .join('.');
}
