import { Alert, Button, Progress } from '@mantine/core';
import { IconShieldCheck, IconShieldHalf, IconShieldX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '#shared/domain/audit/auditTypes.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { FindingLine } from './FindingLine.tsx';
import classes from './Proof.module.css';
import type { Verification } from './useVerification.ts';

const mostShown = 20;
const verdicts = {
  holds: { color: 'teal', Icon: IconShieldCheck, title: 'verify.holds' },
  notAll: { color: 'yellow', Icon: IconShieldHalf, title: 'verify.notAll' },
  faulty: { color: 'red', Icon: IconShieldX, title: 'verify.faulty' },
} as const;

/** A verification on its way, with what is left, or what it found. */
export function VerificationView({ state, onStop }: { state: Verification; onStop: () => void }) {
  const { t, i18n } = useTranslation('audit');
  const words = useRecordWords();
  switch (state.state) {
    case 'idle':
      return null;
    case 'stopped':
      return (
        <p className={classes.quiet} role="status">
          {t('verify.stopped')}
        </p>
      );
    case 'failed':
      return (
        <Alert color="red" title={t('verify.failed')} data-testid="verify-failed">
          {state.message}
        </Alert>
      );
    case 'running': {
      const isChains = state.what === 'chains';
      const share = isChains ? state.done / Math.max(1, state.total) : state.bytes / Math.max(1, state.size);
      const left = isChains && state.perSecond > 0 ? (state.total - state.done) / state.perSecond : 0;
      const seconds = new Intl.NumberFormat(i18n.language, { style: 'unit', unit: 'second', maximumFractionDigits: 0 });
      return (
        <div className={classes.running} data-testid="verifying">
          <Progress value={share * 100} aria-label={t('verify.running')} />
          <p role="status">
            {isChains
              ? t('verify.progress', { count: state.done, total: state.total })
              : t('verify.bundleProgress', { count: state.entries })}
            {isChains && state.perSecond > 0 && (
              <>
                {' · '}
                {t('verify.rate', { count: Math.round(state.perSecond) })}
                {' · '}
                {t('verify.left', { time: seconds.format(Math.ceil(left)) })}
              </>
            )}
          </p>
          <Button size="compact-sm" variant="default" data-testid="verify-stop" onClick={onStop}>
            {t('verify.stop')}
          </Button>
        </div>
      );
    }
    case 'over': {
      const reports = state.what === 'chains' ? state.reports : state.report.chains;
      const about = state.what === 'chains' ? state.keyFindings : state.report.findings;
      const findings: Finding[] = [...about, ...reports.flatMap((report) => report.findings)];
      const entries = reports.reduce((sum, report) => sum + report.entries, 0);
      const withheld = reports.reduce((sum, report) => sum + report.withheld, 0);
      const removed = reports.reduce((sum, report) => sum + report.removed, 0);
      const thinned = reports.reduce((sum, report) => sum + report.thinned, 0);
      const behind = reports.filter((report) => report.signedUpTo < report.endsAt).length;
      const holds = findings.length === 0;
      const isBehind = state.what === 'chains' && state.isBehind;
      const verdict = holds ? verdicts[isBehind ? 'notAll' : 'holds'] : verdicts.faulty;
      return (
        <Alert
          variant="light"
          color={verdict.color}
          icon={<verdict.Icon size={20} />}
          title={
            state.what === 'bundle'
              ? t(holds ? 'verify.bundleHolds' : 'verify.bundleFaulty', { name: state.name })
              : t(verdict.title, { count: findings.length })
          }
          data-testid="verified"
          data-holds={holds && !isBehind}
          data-entries={entries}
        >
          <p className={classes.plain}>
            {t('verify.read', { count: entries })}
            {state.what === 'chains' && ` ${t('verify.took', { seconds: words.number(state.milliseconds / 1000) })}`}
            {removed > 0 && ` ${t('verify.removed', { count: removed })}`}
            {thinned > 0 && ` ${t('verify.thinned', { count: thinned })}`}
            {withheld > 0 && ` ${t('verify.withheld', { count: withheld })}`}
            {isBehind && ` ${t('verify.notAllText')}`}
            {behind > 0 && ` ${t('verify.behind', { count: behind })}`}
          </p>
          {state.what === 'bundle' && (
            <p className={classes.plain}>
              {t(state.report.isSealed ? 'verify.sealed' : 'verify.unsealed')} {t('verify.keys')}{' '}
              <code dir="ltr">{state.report.keyIds.join(', ')}</code>
            </p>
          )}
          {findings.length > 0 && (
            <ol className={classes.findings}>
              {findings.slice(0, mostShown).map((finding, index) => (
                <FindingLine
                  // The findings of one verification never change their places.
                  // oxlint-disable-next-line react/no-array-index-key
                  key={index}
                  finding={finding}
                  isFirst={index === 0}
                />
              ))}
            </ol>
          )}
          {findings.length > mostShown && <p>{t('verify.more', { count: findings.length - mostShown })}</p>}
        </Alert>
      );
    }
  }
}
