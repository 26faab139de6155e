import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSmtpReceiver } from '#tests/support/smtpReceiver.ts';
import type { SmtpReceiver } from '#tests/support/smtpReceiver.ts';
import type { EffectOutcome } from '../../engine/effects.ts';
import { createMailer } from './mailer.ts';
import type { Mailer, OutgoingMail } from './mailer.ts';

const from = 'Steward <steward@console.example>';
const welcome: OutgoingMail = {
  to: ['Mara Lind <mara@school.example>'],
  subject: 'Welcome',
  format: 'text',
  body: 'Hello Mara',
};
const context = (idempotencyKey = 'run-1:welcome') => ({ idempotencyKey, signal: new AbortController().signal });

function faultOf(outcome: EffectOutcome): { error: string; retriable: boolean } {
  if (outcome.ok) throw new Error('the mail was sent');
  return outcome;
}

describe('mail from a rule', () => {
  let receiver: SmtpReceiver;
  let mailer: Mailer;
  beforeEach(async () => {
    receiver = await startSmtpReceiver();
    mailer = createMailer({ url: receiver.url, from });
  });
  afterEach(async () => {
    mailer.close();
    await receiver.close();
  });

  it('arrives with recipients, copies, an address for answers and the marks of an automatic mail', async () => {
    const outcome = await mailer.email(
      {
        type: 'email',
        to: ['mara@school.example', 'Ben Otte <ben@school.example>'],
        cc: ['office@school.example'],
        replyTo: 'help@school.example',
        subject: 'مرحبًا بكم – bienvenue à l’école',
        format: 'text',
        body: 'Ligne une\nالسطر الثاني',
      },
      { ...context(), runId: 'run-1', ruleId: 'rule-1', tenantId: 't-1', stepId: 'welcome', attempt: 1 },
    );
    expect(outcome).toMatchObject({
      ok: true,
      output: { accepted: ['mara@school.example', 'ben@school.example', 'office@school.example'], rejected: [] },
    });
    const [{ mail, idempotencyKey, from: sender }] = receiver.mails as [SmtpReceiver['mails'][number]];
    expect(sender).toBe('steward@console.example');
    expect(idempotencyKey).toBe('run-1:welcome');
    expect(mail.subject).toBe('مرحبًا بكم – bienvenue à l’école');
    expect(mail.from).toEqual({ name: 'Steward', address: 'steward@console.example' });
    expect(mail.to).toMatchObject([{ address: 'mara@school.example' }, { name: 'Ben Otte' }]);
    expect(mail.cc).toMatchObject([{ address: 'office@school.example' }]);
    expect(mail.replyTo).toMatchObject([{ address: 'help@school.example' }]);
    expect(mail.text?.trim()).toBe('Ligne une\nالسطر الثاني');
    expect(mail.headers.find((header) => header.key === 'auto-submitted')?.value).toBe('auto-generated');
  });

  it('carries the same Message-ID in every attempt of a step and another in the next step', async () => {
    for (const key of ['run-1:a', 'run-1:a', 'run-1:b']) await mailer.send(welcome, context(key));
    const [first, again, other] = receiver.mails.map((one) => one.mail.messageId);
    expect(first).toMatch(/^<[0-9a-f]{40}@steward\.console\.example>$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(receiver.counts()).toEqual(
      new Map([
        ['run-1:a', 2],
        ['run-1:b', 1],
      ]),
    );
  });

  it('as HTML also has the words as plain text', async () => {
    const body =
      '<style>p{}</style><h1>Caf&eacute; &amp; more</h1><p>See <a href="https://a.example/x">the list</a></p><ul><li>one<li>two</ul>';
    await mailer.send({ ...welcome, format: 'html', body }, context());
    const mail = receiver.mails[0]?.mail;
    expect(mail?.html?.trim()).toBe(body);
    expect(mail?.text?.trim()).toBe('Caf&eacute; & more\n\nSee the list (https://a.example/x)\n\n- one\n- two');
  });

  it('cannot be given a further header by what a template renders', async () => {
    await mailer.send({ ...welcome, subject: 'Hello\r\nBcc: spy@evil.example\r\n\r\nnew body' }, context());
    const { mail, recipients, raw } = receiver.mails[0] as SmtpReceiver['mails'][number];
    expect(mail.subject).toBe('Hello Bcc: spy@evil.example new body');
    expect(recipients).toEqual(['mara@school.example']);
    expect(raw).not.toMatch(/^Bcc:/im);
    const smuggled = [
      'mara@school.example\r\nBcc: spy@evil.example',
      'mara@school.example, spy@evil.example',
      'mara@school.example>\r\nRCPT TO:<spy@evil.example',
      'Team: a@a.example, b@b.example;',
      'no address',
      '<a@b@c>',
    ];
    for (const to of smuggled)
      expect(faultOf(await mailer.send({ ...welcome, to: [to] }, context()))).toMatchObject({
        error: expect.stringContaining('is not one mail address'),
        retriable: false,
      });
    expect(faultOf(await mailer.send({ ...welcome, replyTo: 'a@b.example\nX: y' }, context())).retriable).toBe(false);
    expect(receiver.mails).toHaveLength(1);
  });

  it('goes through kept connections', async () => {
    for (let round = 0; round < 8; round++) await mailer.send(welcome, context(`run-${round}`));
    expect(receiver.mails).toHaveLength(8);
    expect(receiver.connections()).toBe(1);
  });

  it('tells which recipients were refused while the others got it', async () => {
    receiver.refuseRecipients('gone@', { code: 550, message: 'no such person' });
    const outcome = await mailer.send({ ...welcome, to: ['gone@school.example', 'mara@school.example'] }, context());
    expect(outcome).toMatchObject({
      ok: true,
      output: { accepted: ['mara@school.example'], rejected: ['gone@school.example'] },
    });
  });

  it('may be tried again after a passing refusal, and not after a lasting one', async () => {
    receiver.refuseMails({ code: 451, message: 'try later' });
    expect(faultOf(await mailer.send(welcome, context()))).toMatchObject({ retriable: true });
    receiver.refuseMails({ code: 554, message: 'we do not want this' });
    const lasting = faultOf(await mailer.send(welcome, context()));
    expect(lasting).toMatchObject({ retriable: false, error: expect.stringContaining('we do not want this') });
    receiver.refuseMails(undefined);
    receiver.refuseRecipients('gone@', { code: 550, message: 'no such person' });
    receiver.refuseRecipients('later@', { code: 450, message: 'mailbox is full' });
    const to = (address: string) => mailer.send({ ...welcome, to: [address] }, context());
    expect(faultOf(await to('gone@school.example'))).toMatchObject({
      retriable: false,
      error: expect.stringContaining('gone@school.example: 550 no such person'),
    });
    expect(faultOf(await to('later@school.example')).retriable).toBe(true);
    expect(faultOf(await mailer.send({ ...welcome, to: [] }, context()))).toMatchObject({
      retriable: false,
      error: expect.stringContaining('no recipient'),
    });
  });

  it('is given up when the mail server keeps silent, and when the run is cancelled', async () => {
    receiver.hang(true);
    const impatient = createMailer({ url: receiver.url, from, silence: 150 });
    expect(faultOf(await impatient.send(welcome, context())).retriable).toBe(true);
    impatient.close();
    const hurried = createMailer({ url: receiver.url, from, attempt: 150 });
    expect(faultOf(await hurried.send(welcome, context()))).toMatchObject({
      retriable: true,
      error: expect.stringContaining('took too long'),
    });
    hurried.close();
    const abort = new AbortController();
    const sending = mailer.send(welcome, { idempotencyKey: 'k', signal: abort.signal });
    abort.abort();
    expect(faultOf(await sending).error).toContain('cancelled');
  });

  it('may be tried again when nobody listens', async () => {
    await receiver.close();
    expect(faultOf(await mailer.send(welcome, context()))).toMatchObject({ retriable: true });
    receiver = await startSmtpReceiver();
  });
});

describe('the mail server of the options', () => {
  it('is told user and password, and a wrong password is not tried again', async () => {
    const receiver = await startSmtpReceiver({ account: { user: 'steward', password: 'p@ss/word' } });
    const mailer = createMailer({ url: receiver.url, from });
    expect(await mailer.send(welcome, context())).toMatchObject({ ok: true });
    mailer.close();
    const wrong = createMailer({ url: `smtp://steward:open-sesame@127.0.0.1:${receiver.port}`, from });
    const fault = faultOf(await wrong.send(welcome, context()));
    expect(fault.retriable).toBe(false);
    expect(fault.error).not.toContain('open-sesame');
    wrong.close();
    await receiver.close();
  });

  it('must show a certificate that can be trusted when it speaks TLS', async () => {
    const receiver = await startSmtpReceiver({ secure: true });
    const mailer = createMailer({ url: receiver.url, from });
    expect(faultOf(await mailer.send(welcome, context())).error).toMatch(/certificate/i);
    mailer.close();
    await receiver.close();
  });

  it('may be missing: then every mail says what to do', async () => {
    const mailer = createMailer({ url: '', from: '' });
    expect(await mailer.send(welcome, context())).toEqual({
      ok: false,
      retriable: false,
      error: 'no mail server is configured; start the server with --smtp-url',
    });
  });

  it('is refused at the start when its address or the sender cannot be read', () => {
    expect(() => createMailer({ url: 'http://mail.example', from })).toThrow('smtp://user:password@host:port');
    expect(() => createMailer({ url: 'smtp://mail.example', from: 'nobody' })).toThrow('the sender of mail is wrong');
  });
});
