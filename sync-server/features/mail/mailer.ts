import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { EffectContext, EffectOutcome, Effects } from '../../engine/effects.ts';
import { htmlAsText } from './htmlAsText.ts';
import { failure } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { readMailAddress, readMailAddresses } from './mailAddress.ts';
import type { MailAddress } from './mailAddress.ts';
import { mailFailure } from './mailFailure.ts';

export interface MailerOptions {
  /** `smtp://user:password@host:port` or `smtps://…`; '' = no mail is sent. */
  url: string;
  /** Sender of every mail, `Steward <steward@example.com>`. */
  from: string;
  /** Milliseconds a mail server may keep silent. */
  silence?: number;
  /** Milliseconds one attempt may last, waiting for a free connection included. */
  attempt?: number;
}

/** A mail as features ask for it; addresses are read and checked here. */
export interface OutgoingMail {
  to: readonly string[];
  cc?: readonly string[];
  replyTo?: string;
  subject: string;
  format: 'text' | 'html';
  body: string;
  /** An iCalendar object that goes along as text/calendar and as invite.ics. */
  invitation?: { method: 'REQUEST' | 'CANCEL'; content: string };
}

export interface Mailer {
  /** Never rejects: what goes wrong is an outcome. `output` = {messageId, accepted, rejected, response}. */
  send: (mail: OutgoingMail, context: Pick<EffectContext, 'idempotencyKey' | 'signal'>) => Promise<EffectOutcome>;
  /** The `email` step. */
  email: Effects['email'];
  /** Whose name mails bear; refused while no mail server is configured. */
  sender: () => Result<MailAddress, string>;
  readAddresses: (texts: readonly string[]) => Result<MailAddress[], string>;
  close: () => void;
}

const defaultSilence = 20_000;
/** Below the minute for which a job is leased. */
const defaultAttempt = 50_000;
const notConfigured = 'no mail server is configured; start the server with --smtp-url';

/**
 * Sends mail over SMTP through a few kept connections. Message-ID and X-Steward-Idempotency-Key are the same in every
 * attempt of a step, so that receivers recognise a repetition. @throws Error when the options cannot be understood.
 */
export function createMailer({ url, from, silence, attempt }: MailerOptions): Mailer {
  if (url === '') return withoutServer();
  const sender = readMailAddress(from);
  if (!sender.ok) throw new Error(`the sender of mail is wrong: ${sender.error}`);
  const transport = createTransport({
    pool: true,
    url: checkedUrl(url),
    maxConnections: 5,
    // The engine decides about further attempts.
    maxRequeues: 0,
    connectionTimeout: silence ?? defaultSilence,
    greetingTimeout: silence ?? defaultSilence,
    dnsTimeout: silence ?? defaultSilence,
    socketTimeout: silence ?? defaultSilence,
    disableFileAccess: true,
    disableUrlAccess: true,
    maxRecipients: 1000,
  });
  const domain = sender.value.address.slice(sender.value.address.lastIndexOf('@') + 1);

  const send: Mailer['send'] = async (mail, { idempotencyKey, signal }) => {
    const to = readMailAddresses(mail.to);
    const cc = readMailAddresses(mail.cc ?? []);
    const replyTo = readMailAddresses([mail.replyTo ?? '']);
    if (!to.ok) return refusal(to.error);
    if (!cc.ok) return refusal(cc.error);
    if (!replyTo.ok) return refusal(replyTo.error);
    if (to.value.length + cc.value.length === 0) return refusal('the mail has no recipient; name one in "to"');
    try {
      const sent = await transport.sendMail({
        from: sender.value,
        to: to.value,
        cc: cc.value,
        replyTo: replyTo.value,
        subject: mail.subject.replaceAll(/\p{Cc}+/gu, ' ').trim(),
        messageId: messageIdOf(idempotencyKey, domain),
        headers: { 'X-Steward-Idempotency-Key': idempotencyKey, 'Auto-Submitted': 'auto-generated' },
        text: mail.format === 'html' ? htmlAsText(mail.body) : mail.body,
        ...(mail.format === 'html' && { html: mail.body }),
        ...(mail.invitation && { icalEvent: { ...mail.invitation, filename: 'invite.ics' } }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(attempt ?? defaultAttempt)]),
      });
      const { messageId, accepted, rejected, response } = sent;
      return { ok: true, output: { messageId, accepted, rejected, response } };
    } catch (error) {
      return mailFailure(error);
    }
  };
  return {
    send,
    email: ({ to, cc, replyTo, subject, format, body }, context) =>
      send({ to, cc, replyTo, subject, format, body }, context),
    sender: () => sender,
    readAddresses: readMailAddresses,
    close: () => transport.close({ force: true }),
  };
}

function withoutServer(): Mailer {
  const send = async () => refusal(notConfigured);
  const sender = () => failure(notConfigured);
  return { send, email: send, sender, readAddresses: readMailAddresses, close: () => undefined };
}

function refusal(error: string): EffectOutcome {
  return { ok: false, error, retriable: false };
}

/** @returns `<hash@steward.domain>`, made of the idempotency key alone. */
function messageIdOf(idempotencyKey: string, domain: string): string {
  return `<${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40)}@steward.${domain}>`;
}

function checkedUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && (parsed.protocol === 'smtp:' || parsed.protocol === 'smtps:') && parsed.hostname !== '') return url;
  throw new Error(
    'the address of the mail server cannot be read; expected smtp://user:password@host:port or smtps://…',
  );
}
