import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JsonObject } from '#shared/kernel/json.ts';
import { hashOfEntry } from '#shared/domain/audit/sealedForm.ts';
import { isThinned, readThinned } from '#shared/domain/audit/thinnedEntry.ts';
import { placeInProof } from '#renderer/data/audit/chainState.ts';
import type { EntryView } from '#renderer/data/audit/entryView.ts';
import { useWitness } from '#renderer/data/audit/useWitness.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import classes from './Entry.module.css';

/** Where an entry stands in its chain, and whether that was verified on this computer. */
export function EntryChain({ entry, raw }: { entry: EntryView; raw: JsonObject }) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const { proofs } = useWitness();
  const { body, tenantId, id } = entry;
  const number = body.number ?? 0;
  const fits = useMemo(() => {
    try {
      if (isThinned(raw)) return readThinned({ id, tenantId, body: raw }).ok;
      return hashOfEntry({ id, tenantId, body: raw }) === body.hash;
    } catch {
      return false;
    }
  }, [id, tenantId, raw, body.hash]);
  const proof = proofs[tenantId];
  const place = placeInProof(proof, number);
  return (
    <section className={classes.chain} aria-label={t('chain.title')} data-testid="entry-chain" data-fits={fits}>
      <h3 className={classes.chainHead}>
        <span>{t('chain.number', { number })}</span>
        <StatusMark tone={!fits || place === 'behind_fault' ? 'danger' : place === 'verified' ? 'success' : 'neutral'}>
          {t(fits ? `chain.${place}` : 'chain.altered')}
        </StatusMark>
      </h3>
      <p className={classes.quiet}>
        {t(fits ? (isThinned(raw) ? 'chain.thinnedFits' : 'chain.fits') : 'chain.fitsNot')}{' '}
        {proof && t('chain.verifiedAt', { time: words.instant(proof.at) })}{' '}
        <Link href={`/audit/proof?chain=${encodeURIComponent(tenantId || 'platform')}`}>{t('chain.open')}</Link>
      </p>
      <dl>
        <div>
          <dt>{words.field('auditEntry', 'body.hash')}</dt>
          <dd className={classes.hash} dir="ltr">
            {body.hash}
          </dd>
        </div>
        <div>
          <dt>{words.field('auditEntry', 'body.prevHash')}</dt>
          <dd className={classes.hash} dir="ltr">
            {body.prevHash || t('chain.first')}
          </dd>
        </div>
      </dl>
    </section>
  );
}
