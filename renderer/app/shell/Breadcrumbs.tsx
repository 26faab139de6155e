import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { areas } from '../places.ts';
import classes from './Shell.module.css';

/** Area, list and record, or place, on pages that lie below another. */
export function Breadcrumbs() {
  const [location] = useLocation();
  const inner = innerPages[location];
  if (inner !== undefined) return <InnerCrumbs name={inner} listPath={location.slice(0, location.lastIndexOf('/'))} />;
  const place = placeOf(location);
  return place ? <RecordCrumbs {...place} /> : null;
}

/** Pages below a list that are none of its records, by the name of their place. */
const innerPages: Readonly<Record<string, string>> = {
  '/audit/proof': 'auditProof',
  '/roles/simulator': 'roleSimulator',
  '/rules/templates': 'ruleTemplates',
};

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
  '/staff': 'staff',
  '/roles': 'role',
  '/privacy': 'privacyRequest',
};
/** What stands below such a list without being a record of it. */
const noRecords = new Set(['transition', 'failed']);

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

function RecordCrumbs({ kind, id, listPath }: RecordPlace) {
  const { t } = useTranslation('shell');
  const words = useRecordWords();
  const record = useRecord(kind, id)?.record;
  const title = words.title(record);
  // What has no name, such as an erased request or what one may not see, is called what it is.
  const name = title === id || title === '' ? words.kind(kind) : title;
  return (
    <Crumbs
      kind={kind}
      listPath={listPath}
      list={words.kinds(kind)}
      own={id === 'new' ? t('palette.new', { kind: words.kind(kind) }) : name}
    />
  );
}

function InnerCrumbs({ name, listPath }: { name: string; listPath: string }) {
  const { t } = useTranslation('shell');
  const words = useRecordWords();
  const place = areas.flatMap((area) => area.places).find((one) => one.path === listPath);
  const list = place?.kind ? words.kinds(place.kind) : t(`place.${place?.name ?? ''}`);
  return <Crumbs listPath={listPath} list={list} own={t(`place.${name}`)} />;
}

interface CrumbsProps {
  /** Of the records of the list, where it is one. */
  kind?: string;
  listPath: string;
  list: string;
  own: string;
}

function Crumbs({ kind, listPath, list, own }: CrumbsProps) {
  const { t } = useTranslation('shell');
  const area = areas.find(({ places }) =>
    places.some((place) => place.path === listPath || (kind !== undefined && place.kind === kind)),
  );
  return (
    <nav className={classes.crumbs} aria-label={t('breadcrumb')}>
      {area && area.name !== '' && <span>{t(`area.${area.name}`)}</span>}
      <Link href={listPath}>{list}</Link>
      <span aria-current="page">
        <bdi>{own}</bdi>
      </span>
    </nav>
  );
}
