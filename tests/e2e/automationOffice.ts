import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { startHttpReceiver } from '#tests/support/httpReceiver.ts';
import type { HttpReceiver } from '#tests/support/httpReceiver.ts';
import { connect } from '#tests/support/protocolClient.ts';
import { startSmtpReceiver } from '#tests/support/smtpReceiver.ts';
import type { SmtpReceiver } from '#tests/support/smtpReceiver.ts';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

/** An office whose rules reach a real mail server and a real HTTP server of the test. It has no rules to begin with. */
export interface AutomationOffice extends Office {
  smtp: SmtpReceiver;
  shop: HttpReceiver;
  /** Sends an event as a tenant's system does. Answers the id the server gave it. */
  fire: (key: string, event: JsonObject) => Promise<string>;
  /** What the server holds of a kind, asked over the protocol and not through a console. */
  stored: (collection: string, kind: string) => Promise<RecordEnvelope[]>;
}

export async function openAutomationOffice(saveDirectory?: string): Promise<AutomationOffice> {
  const [smtp, shop] = await Promise.all([startSmtpReceiver(), startHttpReceiver()]);
  const office = await openOffice({
    serverOptions: [
      '--demo-rules=0',
      '--demo-events=600',
      `--smtp-url=${smtp.url}`,
      '--smtp-from=Steward <rules@steward.example>',
      '--webhook-allow-private=yes',
    ],
    ...(saveDirectory ? { saveDirectory } : {}),
  });
  return {
    ...office,
    smtp,
    shop,
    fire: async (key, event) => {
      const answer = await fetch(`${office.server.url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify(event),
      });
      const body = (await answer.json()) as { events?: { id: string }[] };
      const id = body.events?.[0]?.id;
      if (answer.status !== 202 || id === undefined) throw new Error(`${answer.status}: ${JSON.stringify(body)}`);
      return id;
    },
    stored: async (collection, kind) => {
      const client = await connect(office.server.url, 'admin@steward.example');
      const { documents } = await client.pullAll(collection);
      client.close();
      return documents.filter((record): record is RecordEnvelope => !isTombstone(record) && record.kind === kind);
    },
    close: async () => {
      await office.close();
      await Promise.all([smtp.close(), shop.close()]);
    },
  };
}
