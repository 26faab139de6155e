import { Anchor, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { auditEntry } from '#shared/resources/audit/auditEntry.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { FieldDiff } from '#renderer/ui/FieldDiff.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
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
const visibleEntry = auditEntry.body.partial();

/** What the log says about the record, field by field; an old value can be put back into the form. */
export function HistoryTab({ resource, record, form, onRestored }: HistoryTabProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
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
      {list.rows.map(({ record: entry }) => {
        const parsed = visibleEntry.safeParse(entry.body);
        const body = parsed.success ? parsed.data : {};
        return (
          <li key={entry.id} className={classes.entry}>
            <div className={classes.entryHead}>
              <b>{words.value('auditEntry', 'body.action', body.action)}</b>
              <span>{body.actorName || words.name('staff', body.actorId ?? '')}</span>
              <span className={classes.quiet}>
                <RelativeTime instant={body.at ?? entry.createdAt} />
              </span>
            </div>
            {body.reason && (
              <p className={classes.prose} dir="auto">
                {body.reason}
              </p>
            )}
            {body.changes && body.changes.length > 0 && (
              <FieldDiff
                words={{
                  caption: t('history.caption'),
                  field: t('history.field'),
                  before: t('history.before'),
                  after: t('history.after'),
                }}
                rows={body.changes.map((change) => ({
                  key: change.path,
                  label: words.field(resource.kind, change.path),
                  before: (
                    <span dir="auto">
                      {words.value(resource.kind, change.path, change.old, record.body) || t('empty')}{' '}
                      {editable.has(topPath(change.path)) && change.old !== undefined && (
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          data-testid={`restore-${change.path}`}
                          aria-label={`${t('history.restore')}: ${words.field(resource.kind, change.path)}`}
                          onClick={() => restore(change.path, change.old)}
                        >
                          {t('history.restore')}
                        </Button>
                      )}
                    </span>
                  ),
                  after: (
                    <span dir="auto">
                      {words.value(resource.kind, change.path, change.new, record.body) || t('empty')}
                    </span>
                  ),
                }))}
              />
            )}
          </li>
        );
      })}
      {list.count > list.rows.length && (
        <li>
          <Anchor
            component={Link}
            size="xs"
            href={`/records/auditEntry?body.resourceId=${encodeURIComponent(record.id)}`}
          >
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
