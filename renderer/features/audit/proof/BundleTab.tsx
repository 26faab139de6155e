import { FileButton, Button, Table } from '@mantine/core';
import { IconFileSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import classes from './Proof.module.css';
import type { useVerification } from './useVerification.ts';
import { VerificationView } from './VerificationView.tsx';

/** What an auditor without a console types; it stands in the text as it is typed. */
const command = 'npm run verify -- bundle.json';

/** Verifies a file that somebody exported, with neither server nor connection. */
export function BundleTab({ verification }: { verification: ReturnType<typeof useVerification> }) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const { state } = verification;
  const [before, after] = t('bundle.text').split(command);
  const isBundle =
    state.state === 'idle' || state.state === 'stopped' || state.state === 'failed' || state.what === 'bundle';
  const report = state.state === 'over' && state.what === 'bundle' ? state.report : undefined;
  return (
    <>
      <div className={classes.bar}>
        <h2 className={classes.heading}>{t('bundle.title')}</h2>
        <FileButton
          accept="application/json,.json"
          inputProps={{ 'aria-label': t('bundle.choose'), 'data-testid': 'bundle-file' } as object}
          onChange={(file) => file && void verification.verifyBundle(file)}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconFileSearch size={14} />}
              disabled={state.state === 'running'}
            >
              {t('bundle.choose')}
            </Button>
          )}
        </FileButton>
      </div>
      <p className={classes.quiet}>
        {before}
        {after !== undefined && <code dir="ltr">{command}</code>}
        {after}
      </p>
      {isBundle && <VerificationView state={state} onStop={verification.stop} />}
      {report && (
        <Table className={classes.table} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('proof.chain')}</Table.Th>
              <Table.Th className={classes.number}>{t('proof.entries')}</Table.Th>
              <Table.Th className={classes.number}>{t('proof.beginsAt')}</Table.Th>
              <Table.Th className={classes.number}>{t('bundle.endsAt')}</Table.Th>
              <Table.Th className={classes.number}>{t('proof.signedUpTo')}</Table.Th>
              <Table.Th>{t('proof.state')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.chains.map((chain) => (
              <Table.Tr key={chain.tenantId}>
                <Table.Td>
                  <bdi>{chain.name || (chain.tenantId === '' ? t('platform') : chain.tenantId)}</bdi>
                </Table.Td>
                <Table.Td className={classes.number}>{words.number(chain.entries)}</Table.Td>
                <Table.Td className={classes.number}>{words.number(chain.beginsAt)}</Table.Td>
                <Table.Td className={classes.number}>{words.number(chain.endsAt)}</Table.Td>
                <Table.Td className={classes.number}>{words.number(chain.signedUpTo)}</Table.Td>
                <Table.Td>
                  <StatusMark tone={chain.findings.length > 0 ? 'danger' : 'success'}>
                    {t(`proof.states.${chain.findings.length > 0 ? 'faulty' : 'holds'}`)}
                  </StatusMark>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}
