import type { RecordEnvelope } from '../../records/envelope.ts';
import { numberIn, textIn } from '../../records/readBody.ts';
import { financialKinds } from './peopleInKinds.ts';

/** Number of records and totals in minor units of the books, per tenant, programme, currency, kind and status. */
export type FinancialSums = Map<string, Record<string, number>>;

const amounts: Readonly<Record<string, readonly string[]>> = {
  payout: ['gross', 'fee', 'net'],
  referral: ['orderAmount', 'commission'],
  referralCode: ['clicks', 'conversions', 'earningsTotal', 'earningsPending', 'earningsPaid'],
};

/** Adds one record to the sums; kinds without money change nothing. */
export function addToSums(sums: FinancialSums, record: RecordEnvelope): void {
  if (!financialKinds.includes(record.kind)) return;
  const key = [
    record.tenantId,
    textIn(record.body, 'programmeId'),
    textIn(record.body, 'currency'),
    record.kind,
    record.status,
  ].join('|');
  const sum = sums.get(key) ?? { count: 0 };
  sum['count'] = (sum['count'] ?? 0) + 1;
  for (const name of amounts[record.kind] ?? []) sum[name] = (sum[name] ?? 0) + numberIn(record.body, name);
  sums.set(key, sum);
}

/** The sums as one comparable value, keys in order. */
export function sumsAsJson(sums: FinancialSums): Record<string, Record<string, number>> {
  return Object.fromEntries([...sums].sort(([left], [right]) => (left < right ? -1 : 1)));
}
