import { Button } from '@mantine/core';
import { IconPlugConnectedX, IconWebhook } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { webhookLogSchema } from '#shared/protocol/engine.ts';
import { useServerCall } from '#renderer/data/hooks/useServerCall.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RequestLog } from '#renderer/ui/RequestLog.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

/** Every request that a run's webhooks made, as the server logged them. */
export function RunRequests({ runId }: { runId: string }) {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const answer = useServerCall(`/v1/webhook-log?runId=${encodeURIComponent(runId)}&limit=200`);
  const log = webhookLogSchema.safeParse(answer.value);
  if (answer.loading) return <EmptyState icon={<IconWebhook size={32} />} title={t('reading')} />;
  if (answer.problem && !log.success)
    return (
      <EmptyState
        icon={<IconPlugConnectedX size={32} />}
        title={t('requests.unavailable')}
        description={problemText(answer.problem)}
        action={
          <Button variant="default" onClick={answer.reload}>
            {t('tryAgain')}
          </Button>
        }
      />
    );
  if (!log.success || log.data.attempts.length === 0)
    return <EmptyState icon={<IconWebhook size={32} />} title={t('requests.empty')} />;
  return <RequestLog attempts={log.data.attempts} />;
}
