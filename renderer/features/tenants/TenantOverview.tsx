import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { tenant } from '#shared/resources/tenants/tenant.ts';
import { useRecordCount } from '#renderer/data/hooks/useRecordCount.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ListFilter } from '#renderer/data/replicaApi.ts';
import { BrandingPreview } from './BrandingPreview.tsx';
import classes from './Tenants.module.css';

const visibleBody = tenant.body.partial();
const failed: ListFilter = { path: 'status', operator: 'is', value: 'failed' };
const open: ListFilter = { path: 'status', operator: 'in', value: ['detected', 'investigating'] };

/** The facts of a tenant, what it has of everything, its notes and how its brand looks. */
export function TenantOverview({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('tenants');
  const words = useRecordWords();
  const parsed = visibleBody.safeParse(record.body);
  const body = parsed.success ? parsed.data : {};
  return (
    <div className={classes.overview}>
      <div className={classes.main}>
        <Counts tenantId={record.id} />
        {body.notes && (
          <section>
            <h2 className={classes.heading}>{words.field('tenant', 'body.notes')}</h2>
            <p className={classes.prose}>{body.notes}</p>
          </section>
        )}
        {body.branding && <BrandingPreview branding={body.branding} name={body.name ?? ''} />}
      </div>
      <aside className={classes.rail} aria-label={t('facts')}>
        <dl className={classes.facts}>
          {(['plan', 'region', 'ownerEmail', 'slug', 'trialEndsAt', 'tags'] as const).map((name) => {
            const shown = words.value('tenant', `body.${name}`, body[name]);
            return shown === '' ? null : (
              <div key={name}>
                <dt className={classes.quiet}>{words.field('tenant', `body.${name}`)}</dt>
                <dd className={classes.fact}>{shown}</dd>
              </div>
            );
          })}
          <div>
            <dt className={classes.quiet}>{words.field('tenant', 'assignedTo')}</dt>
            <dd className={classes.fact}>
              {record.assignedTo === '' ? t('nobody') : words.name('staff', record.assignedTo)}
            </dd>
          </div>
          {(['createdAt', 'updatedAt'] as const).map((name) => (
            <div key={name}>
              <dt className={classes.quiet}>{words.field('tenant', name)}</dt>
              <dd className={classes.fact}>{words.instant(record[name])}</dd>
            </div>
          ))}
        </dl>
      </aside>
    </div>
  );
}

/** How much of everything the tenant has. */
function Counts({ tenantId }: { tenantId: string }) {
  const { t } = useTranslation('tenants');
  const words = useRecordWords();
  const figures = {
    members: useRecordCount({ kind: 'member', tenantId }),
    events: useRecordCount({ kind: 'event', tenantId }),
    failed: useRecordCount({ kind: 'event', tenantId, filters: [failed] }),
    referrals: useRecordCount({ kind: 'referral', tenantId }),
    anomalies: useRecordCount({ kind: 'anomaly', tenantId, filters: [open] }),
  };
  return (
    <dl className={classes.counts}>
      {Object.entries(figures).map(([name, count]) => (
        <div key={name}>
          <dt className={classes.quiet}>{t(`count.${name}`)}</dt>
          <dd className={classes.bigFigure}>{count === undefined ? '…' : words.number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
