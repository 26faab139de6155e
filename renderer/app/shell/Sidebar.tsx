import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { areasFor } from '../places.ts';
import type { Place } from '../places.ts';
import classes from './Shell.module.css';

/** Places by area; only what this person may open. */
export function Sidebar({ openInbox }: { openInbox: number }) {
  const { t } = useTranslation('shell');
  const principal = usePrincipal();
  const unsent = useSyncPart((status) => status.unsent);
  if (!principal) return null;
  const countOf = (place: Place) => (place.name === 'inbox' ? openInbox : place.name === 'outbox' ? unsent : 0);
  return (
    <nav className={classes.sidebar} aria-label={t('navigation')}>
      {areasFor(principal).map((area) => (
        <section key={area.name} aria-label={area.name === '' ? t('navigation') : t(`area.${area.name}`)}>
          {area.name !== '' && <h2 className={classes.area}>{t(`area.${area.name}`)}</h2>}
          {area.places.map((place) => (
            <SidebarPlace key={place.path} place={place} count={countOf(place)} />
          ))}
        </section>
      ))}
    </nav>
  );
}

function SidebarPlace({ place, count }: { place: Place; count: number }) {
  const { t } = useTranslation('shell');
  const words = useRecordWords();
  const [location] = useLocation();
  const { icon: Icon, kind, name, path } = place;
  const here = path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);
  return (
    <Link
      href={path}
      className={classes.place}
      data-current={here || undefined}
      aria-current={here ? 'page' : undefined}
      data-testid={`nav-${name}`}
    >
      <Icon size={16} stroke={1.75} aria-hidden="true" />
      <span className={classes.placeName}>{kind === undefined ? t(`place.${name}`) : words.kinds(kind)}</span>
      {count > 0 && (
        <span className={classes.placeCount} data-waiting={name === 'outbox' || undefined}>
          {words.number(count)}
        </span>
      )}
    </Link>
  );
}
