import type { Clock } from '#shared/kernel/sources.ts';
import type { Effects } from './engine/effects.ts';
import { createMeetingInvitations } from './features/calendar/meetingInvitations.ts';
import { createMailer } from './features/mail/mailer.ts';
import type { MailerOptions } from './features/mail/mailer.ts';
import { createModelClient } from './features/ai/modelClient.ts';
import type { ModelOptions } from './features/ai/modelClient.ts';
import type { Secrets } from './features/secrets/secrets.ts';
import type { WebhookLog } from './features/webhooks/webhookLog.ts';
import { createWebhookSender } from './features/webhooks/webhookSender.ts';

interface EffectSources extends Pick<Effects, 'runJob' | 'pluginAction'> {
  /** `url` '' = mail steps fail and say what to do. */
  mail: MailerOptions;
  /** `url` or `model` '' = decisions take their fallback. */
  model: ModelOptions;
  secrets: Pick<Secrets, 'read'>;
  webhookLog: Pick<WebhookLog, 'add'>;
  /** True: webhooks may call addresses inside the network. */
  allowPrivateWebhooks: boolean;
  clock: Clock;
  /** Told of what harms no step and yet wants a look, such as a webhook that could not be logged. */
  onFault: (what: string, error: unknown) => void;
}

/**
 * Everything rules do outside the store, put together. `close` ends kept connections; what is under way then fails and may
 * be tried again. @throws Error when the options of mail cannot be understood.
 */
export function createEffects(sources: EffectSources): Effects & { close: () => void } {
  const { secrets, webhookLog, allowPrivateWebhooks, clock, onFault } = sources;
  const mailer = createMailer(sources.mail);
  return {
    email: mailer.email,
    meeting: createMeetingInvitations({ post: mailer, clock }),
    webhook: createWebhookSender({
      readSecret: secrets.read,
      log: webhookLog,
      clock,
      allowPrivate: allowPrivateWebhooks,
      onFault,
    }),
    askModel: createModelClient(sources.model),
    runJob: sources.runJob,
    pluginAction: sources.pluginAction,
    close: mailer.close,
  };
}
