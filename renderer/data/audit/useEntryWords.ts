import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceByKind } from '#shared/resources/registry.ts';
import { useRecordWords } from '../hooks/useRecordWords.ts';
import type { ChangeSide, EntryView } from './entryView.ts';

interface ChangeWords {
  key: string;
  label: string;
  before: { state: 'value'; text: string } | { state: 'none' } | { state: 'withheld' };
  after: ChangeWords['before'];
}

/** Entries of the log in words. */
export interface EntryWords {
  action: (entry: EntryView) => string;
  /** Who did it; '' where the name was taken away and the person is unknown here. */
  actor: (entry: EntryView) => string;
  /** The name of a kind, or of what else an entry may be about. */
  resource: (resource: string) => string;
  /** What it is about; '' for none. */
  subject: (entry: EntryView) => string;
  changes: (entry: EntryView) => ChangeWords[];
  /** The names of the fields that changed. */
  fields: (entry: EntryView) => string;
  /** Date and time to the second. */
  moment: (instant: string) => string;
  /** Time of day to the second, with the day where it is not today's. */
  short: (instant: string) => string;
}

export function useEntryWords(): EntryWords {
  const { t, i18n } = useTranslation('audit');
  const words = useRecordWords();
  return useMemo(() => {
    const moments = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full', timeStyle: 'long' });
    const shorts = new Intl.DateTimeFormat(i18n.language, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    const formatted = (format: Intl.DateTimeFormat, instant: string) => {
      const at = Date.parse(instant);
      return Number.isNaN(at) ? instant : format.format(at);
    };
    const resource = (name: string) =>
      resourceByKind(name) ? words.kind(name) : t(`subject.${name}`, { defaultValue: name });
    const field = (entry: EntryView, path: string) => words.field(entry.body.resource ?? '', path);
    const side = (entry: EntryView, path: string, held: ChangeSide): ChangeWords['before'] =>
      held.state === 'value'
        ? { state: 'value', text: words.value(entry.body.resource ?? '', path, held.value) }
        : held;
    return {
      action: ({ body }) => words.value('auditEntry', 'body.action', body.action),
      actor: ({ body }) => body.actorName || (body.actorId ? words.name('staff', body.actorId) : ''),
      resource,
      subject: ({ body }) => body.resourceName || body.resourceId || '',
      changes: (entry) =>
        entry.changes.map((change, index) => ({
          key: `${index}-${change.path}`,
          label: field(entry, change.path),
          before: side(entry, change.path, change.before),
          after: side(entry, change.path, change.after),
        })),
      fields: (entry) => [...new Set(entry.changes.map(({ path }) => field(entry, path)))].join(words.listSeparator),
      moment: (instant) => formatted(moments, instant),
      short: (instant) => formatted(shorts, instant),
    };
  }, [t, i18n.language, words]);
}
