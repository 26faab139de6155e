import { Alert, Tabs } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import { useWitness } from '#renderer/data/audit/useWitness.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import detailPage from '#renderer/ui/DetailPage.module.css';
import { BundleTab } from './proof/BundleTab.tsx';
import { ChainTable } from './proof/ChainTable.tsx';
import { KeysTab } from './proof/KeysTab.tsx';
import classes from './proof/Proof.module.css';
import { Refusals } from './proof/Refusals.tsx';
import { RetentionTab } from './proof/RetentionTab.tsx';
import { useChains } from './proof/useChains.ts';
import { useVerification } from './proof/useVerification.ts';
import { VerificationView } from './proof/VerificationView.tsx';

/** Whether the log is what it was: its chains, verified on this computer, the keys that sign them, and what may be removed. */
export function AuditProofPage() {
  const { t } = useTranslation('audit');
  const access = useAccess();
  const asked = new URLSearchParams(useSearch()).get('chain');
  const [tab, setTab] = useState<string | null>('chains');
  const { firstKey, problem } = useWitness();
  const chains = useChains();
  const verification = useVerification(firstKey);
  const { state } = verification;
  const whole = chains.filter((chain) => !chain.isPartial && chain.entries > 0);
  const whyNot = access('audit.view') || (state.state === 'running' ? t('verify.running') : '');
  const shown =
    asked === null
      ? chains
      : chains.toSorted((left, right) => rank(right.tenantId, asked) - rank(left.tenantId, asked));
  return (
    <div className={detailPage.page}>
      <PageHeader
        title={t('proof.title')}
        description={t('proof.description')}
        actions={
          <GuardedButton
            leftSection={<IconShieldCheck size={14} />}
            whyNot={whyNot || (whole.length === 0 ? t('proof.partial') : '')}
            data-testid="verify-all"
            onClick={() => {
              setTab('chains');
              void verification.verify(whole);
            }}
          >
            {t('proof.verifyAll')}
          </GuardedButton>
        }
      />
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={detailPage.tabs}>
        <Tabs.List px="sm">
          <Tabs.Tab value="chains">{t('proof.chains')}</Tabs.Tab>
          <Tabs.Tab value="keys" data-testid="tab-keys">
            {t('proof.keys')}
          </Tabs.Tab>
          <Tabs.Tab value="bundle" data-testid="tab-bundle">
            {t('proof.bundle')}
          </Tabs.Tab>
          <Tabs.Tab value="retention" data-testid="tab-retention">
            {t('proof.retention')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="chains" className={classes.panel}>
          <Refusals />
          {problem !== '' && (
            <Alert color="red" title={t('refused.unread')}>
              {problem}
            </Alert>
          )}
          <VerificationView state={state} onStop={verification.stop} />
          <CanProve />
          {chains.length === 0 ? (
            <EmptyState
              icon={<IconShieldCheck size={32} />}
              title={t('proof.none')}
              description={t('proof.noneText')}
            />
          ) : (
            <ChainTable chains={shown} whyNot={whyNot} onVerify={(chain) => void verification.verify([chain])} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="keys" className={classes.panel}>
          <KeysTab />
        </Tabs.Panel>
        <Tabs.Panel value="bundle" className={classes.panel}>
          <BundleTab verification={verification} />
        </Tabs.Panel>
        <Tabs.Panel value="retention" className={classes.panel}>
          <RetentionTab />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

const rank = (tenantId: string, asked: string) => Number((tenantId || 'platform') === asked);

/** What this console's copy can prove, and what it cannot. */
function CanProve() {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const replica = useReplica();
  const since = replica.heldSince('auditEntry');
  return (
    <details className={classes.can}>
      <summary>{t('can.title')}</summary>
      <ul>
        <li>{t('can.altered')}</li>
        <li>{t('can.offline')}</li>
        <li>
          {since === undefined ? t('can.whole') : t('can.window', { date: words.day(since.slice(0, 10), 'full') })}
        </li>
        <li>{t('can.witness')}</li>
        <li>{t('can.cannot')}</li>
      </ul>
    </details>
  );
}
