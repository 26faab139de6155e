import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { hintOf } from '#shared/records/fields.ts';
import type { FieldHint } from '#shared/records/fields.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { useReferenceNames } from './useReferenceNames.ts';
import { useRoleWords } from './useRoleWords.ts';

export type Tone = 'neutral' | 'success' | 'warning' | 'danger' | 'info';

/** Records, their fields and values in the words of the person's language. */
export interface RecordWords {
  kind: (kind: string) => string;
  kinds: (kind: string) => string;
  /** A path as merges name it: `status`, `body.name`, `body.steps[id=a].name`. */
  field: (kind: string, path: string) => string;
  state: (kind: string, state: string) => string;
  tone: (kind: string, state: string) => Tone;
  /** `body` gives the currency of money. '' for nothing. */
  value: (kind: string, path: string, value: Json | undefined, body?: JsonObject) => string;
  /** Words to choose from where the field has a fixed list. */
  options: (kind: string, path: string) => { value: string; label: string }[] | undefined;
  /** '' for a deleted or missing record. */
  title: (record: RecordState | undefined) => string;
  /** The name of a referenced record; its shortened id until it is read, and where it is not here. For rendering. */
  name: (kind: string, id: string) => string;
  number: (value: number) => string;
  money: (minorUnits: number, currency: string) => string;
  /** Date and time of an ISO 8601 instant; '' for none. */
  instant: (instant: string) => string;
  /** A UTC day `YYYY-MM-DD`. */
  day: (day: string, length: 'short' | 'full') => string;
  /** Milliseconds since the epoch. */
  time: (at: number, length: 'short' | 'full') => string;
  listSeparator: string;
}

/** The hint of a top-level body field; undefined for parts of fields and for envelope fields. */
function hintAt(kind: string, path: string): FieldHint | undefined {
  if (path === 'assignedTo') return { widget: 'reference', kind: 'staff' };
  if (path === 'tenantId') return { widget: 'reference', kind: 'tenant' };
  const name = /^body\.([^.[]+)$/.exec(path)?.[1];
  const schema = name === undefined ? undefined : resourceByKind(kind)?.body.shape[name];
  return schema && hintOf(schema);
}

/** Charts ask for the label of no point at all; that is empty, not an error. */
function formatted(format: Intl.DateTimeFormat, at: number): string {
  return Number.isNaN(at) ? '' : format.format(at);
}

export function useRecordWords(): RecordWords {
  const { t, i18n } = useTranslation(['resources', 'words']);
  const nameOf = useReferenceNames();
  const roles = useRoleWords();
  return useMemo(() => {
    const locale = i18n.language;
    const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    const hours = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: 'numeric' });
    const days = {
      short: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
      full: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
    };
    const label = (key: string, fallback: string) => t(key, { ns: 'resources', defaultValue: fallback });
    const word = (key: string) => t(key, { ns: 'words' });
    const name = (kind: string, id: string) => {
      if (id === '') return '';
      if (id === 'system') return word('system');
      return nameOf(kind, id) ?? (id.length > 12 ? `${id.slice(0, 4)}…${id.slice(-4)}` : id);
    };
    const state = (kind: string, value: string) => (value === '' ? '' : label(`states.${kind}.${value}`, value));
    const instant = (value: string) => {
      const at = Date.parse(value);
      return Number.isNaN(at) ? value : instants.format(at);
    };
    const money = (minorUnits: number, currency: string) => {
      if (!/^[A-Z]{3}$/.test(currency)) return numbers.format(minorUnits / 100);
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
      return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    };
    const value = (kind: string, path: string, held: Json | undefined, body?: JsonObject): string => {
      if (held === undefined || held === null || held === '') return '';
      if (path === 'status' && typeof held === 'string') return state(kind, held);
      const hint = hintAt(kind, path);
      if (typeof held === 'boolean') return word(held ? 'yes' : 'no');
      if (typeof held === 'number') {
        if (hint?.widget === 'money') return money(held, String(body?.[hint.currencyField] ?? ''));
        if (hint?.widget === 'number' && hint.unit === 'percent') return `${numbers.format(held)} %`;
        return numbers.format(held);
      }
      if (typeof held === 'string') {
        if (hint?.widget === 'reference') return name(hint.kind, held);
        if (hint?.widget === 'choice') return label(`choices.${kind}.${path.slice('body.'.length)}.${held}`, held);
        if (hint?.widget === 'instant' || hint?.widget === 'date') return instant(held);
        return held;
      }
      if (Array.isArray(held) && held.every((item) => typeof item === 'string')) return held.join(', ');
      return JSON.stringify(held, null, 1);
    };
    return {
      kind: (kind) => label(`kinds.${kind}.one`, kind),
      kinds: (kind) => label(`kinds.${kind}.many`, kind),
      field: (kind, path) => {
        const plain = path.replace(/^body\./, '').replaceAll(/\[id=[^\]]*\]/g, '');
        const top = plain.split('.')[0] ?? plain;
        const own = label(`fields.${kind}.${plain}`, '');
        if (own !== '') return own;
        const rest = plain.slice(top.length + 1);
        return label(`fields.${kind}.${top}`, label(`envelope.${top}`, top)) + (rest === '' ? '' : ` › ${rest}`);
      },
      state,
      tone: (kind, held) => resourceByKind(kind)?.states?.states[held]?.tone ?? 'neutral',
      value,
      options: (kind, path) => {
        const hint = hintAt(kind, path);
        return hint?.widget === 'choice'
          ? hint.options.map((option) => ({ value: option, label: value(kind, path, option) }))
          : undefined;
      },
      title: (record) => {
        if (!record || isTombstone(record)) return '';
        if (record.kind === 'role') return roles.name(record.body);
        return resourceByKind(record.kind)?.titleOf(record) ?? record.id;
      },
      name,
      number: (held) => numbers.format(held),
      money,
      instant,
      day: (day, length) => formatted(days[length], Date.parse(`${day}T00:00:00.000Z`)),
      time: (at, length) => formatted(length === 'full' ? instants : hours, at),
      listSeparator: locale.startsWith('ar') ? '، ' : ', ',
    };
  }, [t, i18n.language, nameOf, roles]);
}
