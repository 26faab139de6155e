import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';

export interface ReceivedMail {
  /** Of X-Steward-Idempotency-Key; '' = the mail had none. */
  idempotencyKey: string;
  from: string;
  recipients: string[];
  mail: Email;
  /** As it came over the wire. */
  raw: string;
}

/** What the server answers to a recipient or to a whole mail; undefined = it takes it. */
interface Refusal {
  code: number;
  message: string;
}

export interface SmtpReceiver {
  /** `smtp://127.0.0.1:port`, with user and password when the receiver asks for them. */
  url: string;
  port: number;
  mails: readonly ReceivedMail[];
  /** How many mails came with each key. */
  counts: () => Map<string, number>;
  /** Until told otherwise (undefined) every mail is answered so, after its content came. */
  refuseMails: (refusal: Refusal | undefined) => void;
  /** Recipients whose address holds the text are answered so. */
  refuseRecipients: (holding: string, refusal: Refusal) => void;
  /** Takes the content of mails and never answers. */
  hang: (hanging: boolean) => void;
  /** Connections opened so far. */
  connections: () => number;
  close: () => Promise<void>;
}

interface ReceiverOptions {
  /** The only account; undefined = nobody needs to sign in. */
  account?: { user: string; password: string };
  /** TLS from the first byte, with the certificate that smtp-server brings for tests. */
  secure?: boolean;
}

/** A real SMTP server on a free loopback port that keeps what it takes. It lives in the process of the test. */
export async function startSmtpReceiver({ account, secure = false }: ReceiverOptions = {}): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = [];
  const refusedRecipients: { holding: string; refusal: Refusal }[] = [];
  let refusedMails: Refusal | undefined;
  let hanging = false;
  let connections = 0;
  const server = new SMTPServer({
    secure,
    logger: false,
    authOptional: account === undefined,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onConnect: (_session, callback) => {
      connections += 1;
      callback();
    },
    onAuth: (given, _session, callback) => {
      if (account && given.username === account.user && given.password === account.password)
        callback(null, { user: account.user });
      else callback(refuse({ code: 535, message: 'wrong user or password' }));
    },
    onRcptTo: ({ address }, _session, callback) => {
      const refused = refusedRecipients.find((one) => address.includes(one.holding));
      callback(refused ? refuse(refused.refusal) : null);
    },
    onData: (stream, session, callback) => {
      const take = async (): Promise<Refusal | undefined> => {
        const raw = await buffer(stream);
        if (refusedMails) return refusedMails;
        mails.push(await readMail(raw, session));
        return undefined;
      };
      const answer = async () => {
        const refusal = await take().catch((error: unknown) => ({
          code: 554,
          message: `not a mail: ${String(error)}`,
        }));
        if (!hanging) callback(refusal ? refuse(refusal) : null);
      };
      void answer();
    },
  });
  // A client that was killed leaves broken connections behind; they are no fault of the receiver.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const user = account ? `${encodeURIComponent(account.user)}:${encodeURIComponent(account.password)}@` : '';
  return {
    url: `${secure ? 'smtps' : 'smtp'}://${user}127.0.0.1:${port}`,
    port,
    mails,
    counts: () => {
      const counts = new Map<string, number>();
      for (const { idempotencyKey } of mails) counts.set(idempotencyKey, (counts.get(idempotencyKey) ?? 0) + 1);
      return counts;
    },
    refuseMails: (refusal) => (refusedMails = refusal),
    refuseRecipients: (holding, refusal) => void refusedRecipients.push({ holding, refusal }),
    hang: (next) => (hanging = next),
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function readMail(raw: Buffer, { envelope }: SMTPServerSession): Promise<ReceivedMail> {
  const mail = await PostalMime.parse(raw);
  return {
    idempotencyKey: mail.headers.find((header) => header.key === 'x-steward-idempotency-key')?.value ?? '',
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    recipients: envelope.rcptTo.map((one) => one.address),
    mail,
    raw: raw.toString('utf8'),
  };
}

function refuse({ code, message }: Refusal): Error {
  return Object.assign(new Error(message), { responseCode: code });
}
