import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { permissionMatches } from '#shared/domain/access/decideAccess.ts';
import { isDangerous } from '#shared/domain/access/permissionCatalogue.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { catalogueAreas } from '../role/rightsMatrix.ts';
import { useAccessWords } from '../useAccessWords.ts';
import classes from './Person.module.css';

interface EffectiveRightsProps {
  principal: Principal;
  /** Asks how one of them is decided. */
  onAsk: (permission: string) => void;
}

/** Everything the person may do somewhere, of all their roles together; in fewer tenants where every giving role is limited. */
export function EffectiveRights({ principal, onAsk }: EffectiveRightsProps) {
  const { t } = useTranslation('access');
  const access = useAccessWords();
  const giving = (permission: string) =>
    principal.grants.filter((grant) => grant.permissions.some((pattern) => permissionMatches(pattern, permission)));
  const rows = catalogueAreas()
    .flatMap((area) => area.rows)
    .map(({ resource, verbs }) => ({
      resource,
      held: verbs
        .map((verb) => ({ verb, permission: `${resource}.${verb}`, grants: giving(`${resource}.${verb}`) }))
        .filter(({ grants }) => grants.length > 0),
    }))
    .filter(({ held }) => held.length > 0);
  return (
    <section aria-label={t('effective.title')}>
      <h2>{t('effective.title')}</h2>
      <p className={classes.quiet}>{t('effective.text')}</p>
      <dl className={classes.rights}>
        {rows.map(({ resource, held }) => (
          <div key={resource}>
            <dt>{access.resource(resource)}</dt>
            <dd>
              {held.map(({ verb, permission, grants }) => (
                <button
                  key={verb}
                  type="button"
                  title={permission}
                  data-limited={grants.every((grant) => grant.tenants !== '*') || undefined}
                  onClick={() => onAsk(permission)}
                >
                  {isDangerous(permission) && <IconAlertTriangleFilled size={10} aria-label={t('matrix.dangerous')} />}
                  {access.verb(verb)}
                </button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
