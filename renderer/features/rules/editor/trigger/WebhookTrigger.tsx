import { ActionIcon, Alert, Button, CopyButton, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconDeviceFloppy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWebhookEndpoint } from '#renderer/data/hooks/useWebhookEndpoint.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { useKnowledge } from '../model/KnowledgeContext.ts';
import classes from './Trigger.module.css';

/** The rule's own address for calls from outside. The server makes it, once the rule is stored there. */
export function WebhookTrigger() {
  const { t } = useTranslation('rules');
  const { ruleId } = useKnowledge();
  if (ruleId === '') {
    return (
      <Alert variant="light" color="gray" icon={<IconDeviceFloppy size={16} />} data-testid="webhook-save-first">
        {t('webhook.saveFirst')}
      </Alert>
    );
  }
  return <Endpoint ruleId={ruleId} />;
}

function Endpoint({ ruleId }: { ruleId: string }) {
  const { t } = useTranslation('rules');
  const problemText = useProblemText();
  const { endpoint, busy, problem, create, remove } = useWebhookEndpoint(ruleId);
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  return (
    <div className={classes.form}>
      <p className={classes.note}>{t('webhook.about')}</p>
      {endpoint && (
        <>
          <Copied label={t('webhook.url')} value={endpoint.url} />
          <Copied label={t('webhook.secret')} value={endpoint.secret} />
          <Alert variant="light" color="orange">
            {t('webhook.secretOnce')}
          </Alert>
        </>
      )}
      {problem && (
        <Alert variant="light" color="red" role="alert">
          {problemText(problem)}
        </Alert>
      )}
      <div className={classes.presets}>
        <GuardedButton
          size="xs"
          variant={endpoint ? 'default' : 'filled'}
          loading={busy}
          whyNot={online ? '' : t('webhook.offline')}
          onClick={() => void create()}
          data-testid="webhook-create"
        >
          {t(endpoint ? 'webhook.renew' : 'webhook.create')}
        </GuardedButton>
        {endpoint && (
          <Button variant="subtle" color="red" disabled={busy} onClick={() => void remove()}>
            {t('webhook.remove')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Copied({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation('rules');
  return (
    <div className={classes.secret}>
      <TextInput label={label} value={value} readOnly dir="ltr" classNames={{ input: classes.code }} />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'copied' : 'copy')}>
            <ActionIcon size={30} variant="default" aria-label={`${t('copy')}: ${label}`} onClick={copy}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
