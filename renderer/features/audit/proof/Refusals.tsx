import { Alert, Button, Group } from '@mantine/core';
import { IconShieldX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { standingRefusals, useWitness } from '#renderer/data/audit/useWitness.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { FindingLine } from './FindingLine.tsx';
import classes from './Proof.module.css';

/** What the server showed and this console refused; the evidence can be taken away, and the matter settled. */
export function Refusals() {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const replica = useReplica();
  const access = useAccess();
  const witness = useWitness();
  const refusals = standingRefusals(witness);
  const [isSettling, setSettling] = useState(false);
  if (refusals.length === 0) return null;
  const save = () => {
    const evidence = { format: 'steward.audit.refusals', serverId: witness.serverId, refusals };
    void window.steward.file.saveText({
      suggestedName: `audit-refusals-${new Date().toISOString().slice(0, 10)}.json`,
      mimeType: 'application/json',
      text: `${JSON.stringify(evidence, null, 2)}\n`,
    });
  };
  return (
    <Alert
      variant="light"
      color="red"
      icon={<IconShieldX size={20} />}
      title={t('refused.title', { count: refusals.length })}
      data-testid="refusals"
    >
      <p className={classes.plain}>{t('refused.text')}</p>
      <ol className={classes.findings}>
        {refusals.map((one) => (
          <FindingLine key={one.id} finding={one.finding} isFirst={false} />
        ))}
      </ol>
      <p className={classes.quiet}>{t('refused.at', { time: words.instant(refusals[0]?.at ?? '') })}</p>
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="default" data-testid="save-evidence" onClick={save}>
          {t('refused.save')}
        </Button>
        <GuardedButton
          size="compact-sm"
          variant="subtle"
          color="red"
          whyNot={access('audit.manage')}
          data-testid="settle"
          onClick={() => setSettling(true)}
        >
          {t('refused.settle')}
        </GuardedButton>
      </Group>
      {isSettling && (
        <ReasonDialog
          danger
          reason="none"
          words={{ title: t('refused.settleTitle'), confirm: t('refused.settle'), cancel: t('cancel') }}
          onClose={() => setSettling(false)}
          onConfirm={() => {
            setSettling(false);
            for (const tenantId of new Set(refusals.map((one) => one.tenantId))) void replica.settleWitness(tenantId);
          }}
        >
          <p className={classes.plain}>{t('refused.settleText')}</p>
        </ReasonDialog>
      )}
    </Alert>
  );
}
