import { useTranslation } from 'react-i18next';
import { webhookLogSchema } from '#shared/protocol/engine.ts';
import { useServerCall } from '#renderer/data/hooks/useServerCall.ts';
import { RequestLog } from '#renderer/ui/RequestLog.tsx';
import classes from './Engine.module.css';

/** Milliseconds between two questions. */
const pace = 15_000;

/** The newest deliveries of webhooks. */
export function LatestRequests() {
  const { t } = useTranslation('automation');
  const answer = useServerCall('/v1/webhook-log?limit=50', { every: pace });
  const log = webhookLogSchema.safeParse(answer.value);
  return (
    <section>
      <h2 className={classes.heading}>{t('requests.title')}</h2>
      {answer.problem && !log.success && <p className={classes.quiet}>{answer.problem.message}</p>}
      {log.success && log.data.attempts.length === 0 && <p className={classes.quiet}>{t('requests.empty')}</p>}
      {log.success && log.data.attempts.length > 0 && <RequestLog attempts={log.data.attempts} withRun />}
    </section>
  );
}
