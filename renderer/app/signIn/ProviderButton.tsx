import { ActionIcon, Button, CopyButton, Group, Loader, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconExternalLink } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderVisit, VisitOutcome } from '#renderer/data/session/oidc.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { pageLocaleSchema } from '#shared/ipc/signIn.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import classes from './ProviderButton.module.css';

interface ProviderButtonProps {
  name: string;
  label: 'signIn' | 'prove';
  disabled: boolean;
  onProblem: (problem: string) => void;
  onDone: () => void;
  visit: (parts: Omit<ProviderVisit, 'post'>) => Promise<VisitOutcome<unknown>>;
}

type Stage = { is: 'idle' } | { is: 'asking' } | { is: 'waiting'; address: string; opened: boolean };

/** Begins a visit at the provider and shows how to get there while the browser is awaited. */
export function ProviderButton({ name, label, disabled, onProblem, onDone, visit }: ProviderButtonProps) {
  const { t, i18n } = useTranslation('oidc');
  const problemText = useProblemText();
  const [stage, setStage] = useState<Stage>({ is: 'idle' });
  // Whoever leaves the page does not wait for the browser any longer.
  useEffect(() => () => void window.steward.signIn.cancel(), []);
  const wordsOf = (problem: Problem): string => {
    const reason = reasonOf(problem.details);
    return t([`problem.${reason}`, `problem.${problem.code}`], { name, defaultValue: problemText(problem) });
  };
  const begin = async () => {
    setStage({ is: 'asking' });
    onProblem('');
    const info = await window.steward.app.info();
    const outcome = await visit({
      browser: window.steward.signIn,
      clientId: info.clientId,
      device: `${info.platform} ${info.electron}`,
      locale: pageLocaleSchema.catch('en').parse(i18n.language.slice(0, 2)),
      onPage: (page) => setStage({ is: 'waiting', ...page }),
    });
    setStage({ is: 'idle' });
    if (outcome.outcome === 'done') onDone();
    else if (outcome.outcome === 'refused') onProblem(wordsOf(outcome.problem));
    else if (outcome.outcome === 'timed_out') onProblem(t('timedOut'));
  };
  const start = () => {
    begin().catch((error: unknown) => {
      setStage({ is: 'idle' });
      onProblem(error instanceof Error ? error.message : String(error));
    });
  };
  if (stage.is !== 'waiting')
    return (
      <Button
        variant="default"
        size="sm"
        fullWidth
        leftSection={<IconExternalLink size={16} aria-hidden="true" />}
        loading={stage.is === 'asking'}
        disabled={disabled}
        onClick={start}
        data-testid="provider"
      >
        {t(label, { name })}
      </Button>
    );
  return (
    <Stack gap="xs" className={classes.waiting} role="status" data-testid="provider-waiting">
      <Group gap="sm" wrap="nowrap">
        <Loader size="xs" aria-hidden="true" />
        <Text size="sm" fw={500}>
          {t(stage.opened ? 'waiting' : 'noBrowser', { name })}
        </Text>
      </Group>
      <TextInput
        label={t('address')}
        size="xs"
        dir="ltr"
        readOnly
        value={stage.address}
        onFocus={(event) => event.currentTarget.select()}
        rightSection={<CopyAddress address={stage.address} />}
        data-testid="provider-address"
      />
      <Group justify="flex-end">
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => void window.steward.signIn.cancel()}
          data-testid="provider-cancel"
        >
          {t('cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

function CopyAddress({ address }: { address: string }) {
  const { t } = useTranslation('oidc');
  return (
    <CopyButton value={address}>
      {({ copied, copy }) => (
        <Tooltip label={t(copied ? 'copied' : 'copy')}>
          <ActionIcon variant="subtle" size="sm" color="gray" onClick={copy} aria-label={t(copied ? 'copied' : 'copy')}>
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

function reasonOf(details: unknown): string {
  const known = typeof details === 'object' && details !== null && 'reason' in details ? details.reason : '';
  return typeof known === 'string' ? known : '';
}
