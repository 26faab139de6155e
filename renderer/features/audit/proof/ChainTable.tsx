import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { GrowingRows } from '#renderer/ui/GrowingRows.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import classes from './Proof.module.css';
import type { Chain } from './useChains.ts';

interface ChainTableProps {
  chains: readonly Chain[];
  /** Why nothing can be verified now; '' = it can. */
  whyNot: string;
  onVerify: (chain: Chain) => void;
}

/** Every chain: how much of it is here, how far it is signed, and what the last verification found. */
export function ChainTable({ chains, whyNot, onVerify }: ChainTableProps) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  return (
    <div className={classes.frame} tabIndex={0} role="region" aria-label={t('proof.chains')}>
      <Table className={classes.table} verticalSpacing={6} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('proof.chain')}</Table.Th>
            <Table.Th className={classes.number}>{t('proof.entries')}</Table.Th>
            <Table.Th className={classes.number}>{t('proof.beginsAt')}</Table.Th>
            <Table.Th className={classes.number}>{t('proof.signedUpTo')}</Table.Th>
            <Table.Th>{t('proof.verifiedAt')}</Table.Th>
            <Table.Th>{t('proof.state')}</Table.Th>
            <Table.Th aria-label={t('proof.verify')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <GrowingRows
            rows={chains}
            subject=""
            render={(chain) => {
              const { tenantId, proof } = chain;
              const state = stateOf(chain);
              return (
                <Table.Tr key={tenantId} data-testid={`chain-${tenantId || 'platform'}`} data-state={state}>
                  <Table.Td>
                    <b dir="auto">{tenantId === '' ? t('platform') : words.name('tenant', tenantId)}</b>
                  </Table.Td>
                  <Table.Td className={classes.number}>{words.number(chain.entries)}</Table.Td>
                  <Table.Td className={classes.number}>
                    {proof && proof.beginsAt > 0 ? words.number(proof.beginsAt) : ''}
                  </Table.Td>
                  <Table.Td className={classes.number}>
                    {chain.signedUpTo > 0 ? words.number(chain.signedUpTo) : t('proof.unsigned')}
                  </Table.Td>
                  <Table.Td>{proof ? <RelativeTime instant={proof.at} /> : t('proof.never')}</Table.Td>
                  <Table.Td>
                    <StatusMark tone={tones[state]}>{t(`proof.states.${state}`)}</StatusMark>
                  </Table.Td>
                  <Table.Td className={classes.number}>
                    <GuardedButton
                      size="compact-xs"
                      variant="subtle"
                      whyNot={
                        whyNot ||
                        (chain.isPartial ? t('proof.partial') : chain.entries === 0 ? t('proof.nothingHere') : '')
                      }
                      data-testid={`verify-${tenantId || 'platform'}`}
                      onClick={() => onVerify(chain)}
                    >
                      {t('proof.verify')}
                    </GuardedButton>
                  </Table.Td>
                </Table.Tr>
              );
            }}
          />
        </Table.Tbody>
      </Table>
    </div>
  );
}

type ChainState = 'empty' | 'refused' | 'faulty' | 'holds' | 'outdated' | 'unverified' | 'partial';

const tones = {
  refused: 'danger',
  faulty: 'danger',
  holds: 'success',
  outdated: 'info',
  unverified: 'neutral',
  partial: 'neutral',
  empty: 'neutral',
} as const;

/** `outdated`: it held, and entries came since. */
function stateOf({ refusals, proof, entries, isPartial }: Chain): ChainState {
  if (refusals.length > 0) return 'refused';
  if (isPartial) return 'partial';
  if (entries === 0) return 'empty';
  if (!proof) return 'unverified';
  if (proof.findings.length > 0) return 'faulty';
  return entries > proof.entries ? 'outdated' : 'holds';
}
