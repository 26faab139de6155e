import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RightsDifference } from '#shared/domain/access/compareRights.ts';
import { isDangerous } from '#shared/domain/access/permissionCatalogue.ts';
import { useAccessWords } from '../useAccessWords.ts';
import classes from './Role.module.css';
import { useTenantWords } from './useTenantWords.ts';

interface DifferenceListProps {
  difference: RightsDifference;
  title: string;
  /** Shows every one at once. */
  open?: boolean;
}

/** Shown before "all of them" is asked for. */
const shownAtFirst = 4;

/** What one set of rights has beyond another, and what it lacks. */
export function DifferenceList({ difference, title, open = false }: DifferenceListProps) {
  const { t } = useTranslation('access');
  const access = useAccessWords();
  const tenants = useTenantWords();
  const [all, setAll] = useState(open);
  const { gained, lost, fields } = difference;
  const reach = difference.tenants;
  const moved = reach.gained.length > 0 || reach.lost.length > 0;
  const total = gained.length + lost.length + fields.length + (moved ? 1 : 0);
  const part = <Item,>(items: readonly Item[]) => (all ? items : items.slice(0, shownAtFirst));
  return (
    <section className={classes.difference} aria-label={title} data-testid="difference">
      <h2>
        {title}
        <span>
          {total === 0 ? t('compare.same') : t('compare.counts', { gained: gained.length, lost: lost.length })}
        </span>
      </h2>
      {gained.length > 0 && <Permissions kind="gained" shown={part(gained)} total={gained.length} />}
      {lost.length > 0 && <Permissions kind="lost" shown={part(lost)} total={lost.length} />}
      {fields.length > 0 && (
        <p>
          <strong>{t('compare.fields')}</strong>{' '}
          {part(fields).map((one) => (
            <span key={`${one.resource}.${one.field}`} className={classes.chip} data-change="field">
              {t('compare.field', {
                resource: access.resource(one.resource),
                field: access.field(one.resource, one.field),
                before: t(`fields.use.${one.before}`),
                after: t(`fields.use.${one.after}`),
              })}
            </span>
          ))}
        </p>
      )}
      {moved && (
        <p>
          <strong>{t('compare.tenants')}</strong>{' '}
          {t('compare.tenantsText', { before: tenants(reach.before), after: tenants(reach.after) })}
        </p>
      )}
      {!open && [gained, lost, fields].some((items) => items.length > shownAtFirst) && (
        <button type="button" className={classes.more} onClick={() => setAll((shown) => !shown)}>
          {t(all ? 'compare.fewer' : 'compare.all')}
        </button>
      )}
    </section>
  );
}

interface PermissionsProps {
  kind: 'gained' | 'lost';
  shown: readonly string[];
  total: number;
}

function Permissions({ kind, shown, total }: PermissionsProps) {
  const { t } = useTranslation('access');
  const access = useAccessWords();
  return (
    <p data-testid={`difference-${kind}`}>
      <strong>{t(`compare.${kind}`, { count: total })}</strong>{' '}
      {shown.map((permission) => (
        <span key={permission} className={classes.chip} data-change={kind} title={permission}>
          {isDangerous(permission) && <IconAlertTriangleFilled size={10} aria-label={t('matrix.dangerous')} />}
          {access.permission(permission)}
        </span>
      ))}
      {total > shown.length && <span className={classes.rest}>+{total - shown.length}</span>}
    </p>
  );
}
