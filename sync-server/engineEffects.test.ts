import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHttpReceiver } from '#tests/support/httpReceiver.ts';
import { startModelServer } from '#tests/support/modelServer.ts';
import { startSmtpReceiver } from '#tests/support/smtpReceiver.ts';
import type { EffectContext } from './engine/effects.ts';
import { createEffects } from './engineEffects.ts';
import { createSecrets } from './features/secrets/secrets.ts';
import { loadSecretKey } from './features/secrets/secretKey.ts';
import { createWebhookLog } from './features/webhooks/webhookLog.ts';
import { openSqliteStore } from './storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from './storage/store.ts';

const signing = `whsec_${Buffer.from('a key of at least 24 bytes').toString('base64')}`;
const clock = () => Date.now();

describe('what rules do outside the store', () => {
  let folder: string;
  let store: SyncStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steward-effects-'));
    store = openSqliteStore(folder, clock);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('reaches real receivers, each step under its own key, again and again under the same (R2)', async () => {
    const [smtp, http, model] = await Promise.all([startSmtpReceiver(), startHttpReceiver(), startModelServer()]);
    const secrets = createSecrets({ store, key: loadSecretKey(folder, ''), clock });
    await secrets.put('shop', signing, 'ada');
    const webhookLog = createWebhookLog({ store, clock });
    const asked: string[] = [];
    const effects = createEffects({
      mail: { url: smtp.url, from: 'Steward <rules@steward.example>' },
      model: { url: model.url, key: '', model: 'small' },
      secrets,
      webhookLog,
      allowPrivateWebhooks: true,
      clock,
      onFault: (what, error) => {
        throw new Error(what, { cause: error });
      },
      runJob: async ({ job }) => {
        asked.push(job);
        return { ok: true, output: null };
      },
      pluginAction: async ({ action }) => ({ ok: false, error: `no plugin knows ${action}`, retriable: false }),
    });
    const context = (stepId: string, attempt: number): EffectContext => ({
      idempotencyKey: `run-1:${stepId}`,
      runId: 'run-1',
      ruleId: 'rule-1',
      tenantId: 'tenant-1',
      stepId,
      attempt,
      signal: new AbortController().signal,
    });
    model.play({ type: 'says', content: '{"option":"b","reason":"so"}' });
    const attemptAll = (attempt: number) =>
      Promise.all([
        effects.email(
          { type: 'email', to: ['m@school.example'], cc: [], replyTo: '', subject: 'A', format: 'text', body: 'B' },
          context('mail', attempt),
        ),
        effects.meeting(
          {
            type: 'meeting',
            title: 'Kick-off',
            attendees: ['m@school.example'],
            startsAt: '2026-04-01T09:00:00.000Z',
            durationMinutes: 30,
            location: '',
            description: '',
          },
          context('meet', attempt),
        ),
        effects.webhook(
          { type: 'webhook', method: 'POST', url: http.url, headers: {}, body: '{"n":1}', secret: 'shop' },
          context('tell', attempt),
        ),
        effects.askModel(
          {
            type: 'askModel',
            question: '?',
            options: [
              { id: 'a', label: 'A' },
              { id: 'b', label: 'B' },
            ],
            timeoutSeconds: 5,
          },
          context('ask', attempt),
        ),
        effects.runJob({ type: 'runJob', job: 'tidy', settings: {} }, context('job', attempt)),
      ]);
    for (const attempt of [1, 2])
      expect((await attemptAll(attempt)).map((outcome) => (outcome.ok ? 'done' : outcome.error))).toEqual(
        Array.from({ length: 5 }, () => 'done'),
      );
    const plugin = await effects.pluginAction(
      { type: 'pluginAction', plugin: 'p', action: 'x', settings: {} },
      context('p', 1),
    );
    expect(plugin).toMatchObject({ ok: false, error: 'no plugin knows x' });
    expect(asked).toEqual(['tidy', 'tidy']);
    expect(smtp.counts()).toEqual(
      new Map([
        ['run-1:mail', 2],
        ['run-1:meet', 2],
      ]),
    );
    expect(new Set(smtp.mails.map((one) => one.mail.messageId)).size).toBe(2);
    expect(http.counts()).toEqual(new Map([['run-1:tell', 2]]));
    expect(http.requests.every((request) => http.isSigned(request, signing))).toBe(true);
    expect((await webhookLog.read({ runId: 'run-1', limit: 10 })).map((one) => one.attempt)).toEqual([2, 1]);
    effects.close();
    await Promise.all([smtp.close(), http.close(), model.close()]);
  });
});
