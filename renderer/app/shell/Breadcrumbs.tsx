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

function placeOf(location: string): RecordPlace | undefined {
  const [, kind = '', id = ''] =
    /^\/records\/([^/]+)\/([^/]+)$/.exec(location) ?? /^\/(tenants)\/([^/]+)$/.exec(location) ?? [];
  if (kind === 'tenants') return id === 'transition' ? undefined : { kind: 'tenant', id, listPath: '/tenants' };
  if (kind === '' || !resourceByKind(kind)) return undefined;
  return { kind, id: decodeURIComponent(id), listPath: kind === 'tenant' ? '/tenants' : `/records/${kind}` };
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
