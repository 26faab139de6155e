import { ActionIcon, Button, CloseButton, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconClock, IconFocusCentered, IconUser } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toneOfAction } from '#renderer/data/audit/actionGroups.ts';
import { aroundMoment, noAuditFilters } from '#renderer/data/audit/auditFilters.ts';
import type { AuditFilters } from '#renderer/data/audit/auditFilters.ts';
import { viewEntry } from '#renderer/data/audit/entryView.ts';
import { useEntryWords } from '#renderer/data/audit/useEntryWords.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { ChangeTable, Withheld } from '#renderer/ui/ChangeTable.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import classes from './Entry.module.css';
import { EntryChain } from './EntryChain.tsx';
import { EntryFacts } from './EntryFacts.tsx';
import { ThinnedNote } from './ThinnedNote.tsx';

interface EntryPanelProps {
  record: RecordEnvelope;
  /** -1 or 1: to the entry above or below in the list. */
  onStep: (by: -1 | 1) => void;
  onShow: (filters: AuditFilters) => void;
  onClose: () => void;
}

/** One entry of the log, whole: who, what, when, from where, and its place in the chain. */
export function EntryPanel({ record, onStep, onShow, onClose }: EntryPanelProps) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const entries = useEntryWords();
  const entry = viewEntry(record);
  const { body, withheld } = entry;
  const hidden = <Withheld word={t('withheld.mark')} why={t('withheld.text')} />;
  const shown = (path: string, text: ReactNode) => (withheld.has(path) ? hidden : text);
  const subject = entries.subject(entry);
  const show = (part: Partial<AuditFilters>) => onShow({ ...noAuditFilters, ...part });
  return (
    <article className={classes.entry} aria-label={t('entry.label')} data-testid="entry" data-entry={record.id}>
      <header className={classes.head}>
        <StatusMark tone={toneOfAction(body.action ?? '')}>{entries.action(entry)}</StatusMark>
        <span className={classes.spread} />
        <Tooltip label={t('entry.previous')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('entry.previous')} onClick={() => onStep(-1)}>
            <IconChevronUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('entry.next')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('entry.next')} onClick={() => onStep(1)}>
            <IconChevronDown size={16} />
          </ActionIcon>
        </Tooltip>
        <CloseButton aria-label={t('entry.close')} data-testid="entry-close" onClick={onClose} />
      </header>
      <div className={classes.body}>
        <h2 className={classes.title}>
          <span className={classes.kind}>{entries.resource(body.resource ?? '')}</span>{' '}
          {shown('resourceName', <bdi>{subject || (body.thinned ? '' : t('entry.noSubject'))}</bdi>)}
        </h2>
        <p className={classes.who}>
          <b>
            {shown('actorName', <bdi>{entries.actor(entry) || t(body.thinned ? 'thinned.mark' : 'entry.nobody')}</bdi>)}
          </b>
          <time dateTime={body.at}>{entries.moment(body.at ?? '')}</time>
        </p>
        {body.thinned && <ThinnedNote entry={entry} />}
        {(body.reason || withheld.has('reason')) && (
          <blockquote className={classes.reason} dir="auto">
            {shown('reason', body.reason)}
          </blockquote>
        )}
        {entry.changes.length > 0 && (
          <section aria-label={t('entry.changes')}>
            <ChangeTable
              changes={entries.changes(entry)}
              words={{
                caption: t('entry.changes'),
                field: t('entry.field'),
                before: t('entry.before'),
                after: t('entry.after'),
                empty: t('entry.empty'),
                withheld: t('withheld.mark'),
                withheldText: t('withheld.text'),
              }}
            />
          </section>
        )}
        <div className={classes.links}>
          {body.resourceId && (
            <Button
              size="compact-xs"
              variant="default"
              fw={400}
              leftSection={<IconFocusCentered size={14} />}
              data-testid="about-record"
              onClick={() => show({ recordId: body.resourceId ?? '' })}
            >
              {t('entry.aboutRecord')}
            </Button>
          )}
          {body.actorId && (
            <Button
              size="compact-xs"
              variant="default"
              fw={400}
              leftSection={<IconUser size={14} />}
              data-testid="by-person"
              onClick={() => show({ actorId: body.actorId ?? '' })}
            >
              {t('entry.byPerson')}
            </Button>
          )}
          {body.at && (
            <Button
              size="compact-xs"
              variant="default"
              fw={400}
              leftSection={<IconClock size={14} />}
              data-testid="around"
              onClick={() => onShow(aroundMoment(body.at ?? ''))}
            >
              {t('entry.around')}
            </Button>
          )}
        </div>
        <EntryFacts entry={entry} hidden={hidden} words={words} onShow={show} />
        <EntryChain entry={entry} raw={record.body} />
      </div>
    </article>
  );
}
