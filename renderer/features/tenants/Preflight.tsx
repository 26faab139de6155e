import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ListFilter, RecordList } from '#renderer/data/replicaApi.ts';
import { sumByCurrency } from './moneyTotals.ts';
import classes from './Tenants.module.css';

const sampleCount = 3;
/** Payouts whose amounts are added up; of more, the sum is said to be a part. */
const summedPayouts = 5_000;

/** What a dangerous move would touch: members, rules, flags and payouts of the tenants, counted and with a few names. */
export function Preflight({ tenantIds }: { tenantIds: readonly string[] }) {
  const { t } = useTranslation('tenants');
  const words = useRecordWords();
  const ids: Json[] = [...tenantIds];
  const inTenants: ListFilter = { path: 'tenantId', operator: 'in', value: ids };
  const members = useRecordList({ kind: 'member', filters: [inTenants], limit: sampleCount });
  const rules = useRecordList({
    kind: 'rule',
    filters: [inTenants, { path: 'body.isActive', operator: 'is', value: true }],
    limit: sampleCount,
  });
  const flags = useRecordList({ kind: 'flag', filters: [inTenants], limit: sampleCount });
  const payouts = useRecordList({
    kind: 'payout',
    filters: [inTenants, { path: 'status', operator: 'in', value: ['pending', 'processing', 'failed'] }],
    limit: summedPayouts,
  });
  const owed = sumByCurrency(
    payouts.rows.map(({ record }) => ({
      currency: textIn(record.body, 'currency'),
      minorUnits: numberIn(record.body, 'net'),
    })),
  );
  const sum = owed.map(({ currency, minorUnits }) => words.money(minorUnits, currency)).join(' + ');
  const touched: { name: string; list: RecordList; more?: string }[] = [
    { name: 'members', list: members },
    { name: 'rules', list: rules },
    { name: 'flags', list: flags },
    {
      name: 'payouts',
      list: payouts,
      more: payouts.count > payouts.rows.length ? t('preflight.atLeast', { sum }) : sum,
    },
  ];
  return (
    <section className={classes.preflight} aria-label={t('preflight.title')} data-testid="preflight">
      <h3 className={classes.heading}>{t('preflight.title')}</h3>
      <dl className={classes.touched}>
        {touched.map(({ name, list, more }) => (
          <div key={name}>
            <dt>{t(`preflight.${name}`)}</dt>
            <dd className={classes.bigFigure}>{list.state === 'reading' ? '…' : words.number(list.count)}</dd>
            <dd className={classes.quiet}>
              {more && <div>{more}</div>}
              {list.rows
                .slice(0, sampleCount)
                .map(({ record }) => words.title(record))
                .join(', ')}
              {list.count > sampleCount && ` ${t('preflight.more', { count: list.count - sampleCount })}`}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
