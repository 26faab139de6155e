import type { Rule } from '#shared/resources/automation/rule.ts';
import { rule as ruleResource } from '#shared/resources/automation/rule.ts';
import type { StoreReader } from '../storage/store.ts';
import { living } from './livingRecord.ts';
import type { EngineWriter } from './ports.ts';
import { activityIsBehind, removeActivity, rulesBehind, showActivity } from './ruleActivity.ts';

const rulesPerPiece = 200;

/** Brings the counts that rules' records show up to date. Exact counts live beside them and never wait for this. */
export async function showActivities(store: StoreReader, write: EngineWriter): Promise<void> {
  while (await activityIsBehind(store)) {
    await write(rulesPerPiece, async (batch) => {
      const ids = await rulesBehind(batch, rulesPerPiece);
      await batch.load(ids);
      for (const id of ids) {
        const record = living(batch.get(id), 'rule');
        const body = record && ruleResource.body.safeParse(record.body);
        if (!record || !body?.success) {
          removeActivity(batch, id);
          continue;
        }
        const rule: Rule = { ...record, body: body.data };
        const shown = await showActivity(batch, rule);
        // Nobody edited it: who did so last, and when, stays.
        if (shown) batch.append({ ...record, version: record.version + 1, body: { ...record.body, ...shown } });
      }
    });
  }
}
