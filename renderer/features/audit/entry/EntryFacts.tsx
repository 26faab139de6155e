import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceByKind } from '#shared/resources/registry.ts';
import type { AuditFilters } from '#renderer/data/audit/auditFilters.ts';
import { madeOffline } from '#renderer/data/audit/entryView.ts';
import type { EntryView } from '#renderer/data/audit/entryView.ts';
import { useEntryWords } from '#renderer/data/audit/useEntryWords.ts';
import type { RecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import classes from './Entry.module.css';

interface EntryFactsProps {
  entry: EntryView;
  /** In place of a value that was taken away. */
  hidden: ReactNode;
  words: RecordWords;
  onShow: (filters: Partial<AuditFilters>) => void;
}

/** Where an entry comes from, and links to what it is about. */
export function EntryFacts({ entry, hidden, words, onShow }: EntryFactsProps) {
  const { t } = useTranslation('audit');
  const entries = useEntryWords();
  const { body, withheld, tenantId } = entry;
  const ownLabels: Partial<Record<string, string>> = { resourceId: t('entry.record'), actorId: t('entry.person') };
  const label = (path: string) => ownLabels[path] ?? words.field('auditEntry', `body.${path}`);
  const facts: { name: string; label: string; value: ReactNode }[] = [];
  const add = (name: keyof typeof body, value: ReactNode) => {
    if (withheld.has(name)) facts.push({ name, label: label(name), value: hidden });
    else if (body[name] !== undefined && body[name] !== '' && body[name] !== 0)
      facts.push({ name, label: label(name), value });
  };
  const kind = body.resource ?? '';
  const canOpen = resourceByKind(kind) !== undefined && body.action !== 'delete';
  facts.push({
    name: 'tenantId',
    label: words.field('auditEntry', 'tenantId'),
    value:
      tenantId === '' ? (
        t('platform')
      ) : (
        <RecordLink kind="tenant" id={tenantId}>
          {words.name('tenant', tenantId)}
        </RecordLink>
      ),
  });
  add(
    'resourceId',
    canOpen ? (
      <RecordLink kind={kind} id={body.resourceId ?? ''}>
        {entries.subject(entry)}
      </RecordLink>
    ) : (
      <code dir="ltr">{body.resourceId}</code>
    ),
  );
  add(
    'actorId',
    body.actorId === 'system' || body.actorId?.startsWith('rule:') ? (
      <bdi>{body.actorId}</bdi>
    ) : (
      <RecordLink kind="staff" id={body.actorId ?? ''} href={`/staff/${encodeURIComponent(body.actorId ?? '')}`}>
        {entries.actor(entry) || body.actorId}
      </RecordLink>
    ),
  );
  if (madeOffline(body)) add('madeOfflineAt', entries.moment(madeOffline(body)));
  add(
    'session',
    <button type="button" className={classes.plainLink} onClick={() => onShow({ session: body.session ?? '' })}>
      <code dir="ltr">{body.session}</code>
    </button>,
  );
  add('device', <bdi>{body.device}</bdi>);
  add(
    'address',
    <button type="button" className={classes.plainLink} onClick={() => onShow({ address: body.address ?? '' })}>
      <code dir="ltr">{body.address}</code>
    </button>,
  );
  add('appVersion', <bdi>{body.appVersion}</bdi>);
  add(
    'requestId',
    <button type="button" className={classes.plainLink} onClick={() => onShow({ requestId: body.requestId ?? '' })}>
      <code dir="ltr">{body.requestId}</code>
    </button>,
  );
  add('durationMs', t('entry.milliseconds', { count: body.durationMs ?? 0 }));
  return (
    <dl className={classes.facts}>
      {facts.map((fact) => (
        <div key={fact.name} data-testid={`fact-${fact.name}`}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
