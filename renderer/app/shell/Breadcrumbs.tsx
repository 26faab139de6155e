import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { areas } from '../places.ts';
import classes from './Shell.module.css';

/** Area, list and record, on pages that lie below a list. */
export function Breadcrumbs() {
  const [location] = useLocation();
  const place = placeOf(location);
  return place ? <Crumbs {...place} /> : null;
}

interface RecordPlace {
  kind: string;
  id: string;
  listPath: string;
}

/** Lists with a page of their own. */
const ownLists: Readonly<Record<string, string>> = {
  '/tenants': 'tenant',
  '/rules': 'rule',
  '/runs': 'run',
  '/events': 'event',
};
/** What stands below such a list without being a record of it. */
const noRecords = new Set(['transition', 'templates', 'failed']);

function placeOf(location: string): RecordPlace | undefined {
  const [, list = '', own = ''] = /^(\/[a-z]+)\/([^/]+)(?:\/[a-z]+)?$/.exec(location) ?? [];
  const ownKind = ownLists[list];
  if (ownKind !== undefined)
    return noRecords.has(own) ? undefined : { kind: ownKind, id: decodeURIComponent(own), listPath: list };
  const [, kind = '', id = ''] = /^\/records\/([^/]+)\/([^/]+)$/.exec(location) ?? [];
  if (kind === '' || !resourceByKind(kind)) return undefined;
  return { kind, id: decodeURIComponent(id), listPath: ownListOf(kind) ?? `/records/${kind}` };
}

function ownListOf(kind: string): string | undefined {
  return Object.keys(ownLists).find((path) => ownLists[path] === kind);
}

function Crumbs({ kind, id, listPath }: RecordPlace) {
  const { t } = useTranslation('shell');
  const words = useRecordWords();
  const record = useRecord(kind, id)?.record;
  const area = areas.find((one) => one.places.some((place) => place.kind === kind));
  return (
    <nav className={classes.crumbs} aria-label={t('breadcrumb')}>
      {area && area.name !== '' && <span>{t(`area.${area.name}`)}</span>}
      <Link href={listPath}>{words.kinds(kind)}</Link>
      <span aria-current="page">
        {id === 'new' ? t('palette.new', { kind: words.kind(kind) }) : words.title(record)}
      </span>
    </nav>
  );
}
