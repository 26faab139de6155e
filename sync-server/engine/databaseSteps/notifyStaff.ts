import type { PreparedStep } from '#shared/domain/automation/steps/preparedStep.ts';
import { wantsNotification } from '#shared/domain/notifications/preferences.ts';
import { living } from '../livingRecord.ts';
import { serverRecord } from '../serverRecord.ts';
import { staffOfRole } from './staffOfRole.ts';
import { idInStep, refuse, writeInStep } from './stepContext.ts';
import type { StepContext, StepResult } from './stepContext.ts';

const levels = { info: 'info', warning: 'warning', critical: 'urgent' } as const;

/** A notification for each person named and each who holds a named role; nobody gets two, nor one they do not want. */
export async function notifyStaff(
  context: StepContext,
  { to, subject, message, level }: Extract<PreparedStep, { type: 'notification' }>,
): Promise<StepResult> {
  const { batch } = context;
  const people = new Set<string>();
  const nobody: string[] = [];
  for (const recipient of to) {
    const found = await peopleOf(context, recipient);
    if (found.length === 0) nobody.push(recipient);
    for (const id of found) people.add(id);
  }
  if (people.size === 0)
    return refuse(
      `Nobody would be told: ${nobody.join(', ')} names no active member of staff. Correct the recipients.`,
    );
  const notified: string[] = [];
  for (const staffId of people) {
    const id = idInStep(context, 'notification', staffId);
    await batch.load([id, staffId]);
    const before = batch.get(id);
    if (before || wantsNotification(living(batch.get(staffId), 'staff')?.body, 'rules')) notified.push(staffId);
    if (before || notified.at(-1) !== staffId) continue;
    const record = serverRecord(context.now, {
      id,
      kind: 'notification',
      tenantId: context.tenantId,
      status: 'unread',
      assignedTo: staffId,
      body: {
        level: levels[level],
        subject: subject.slice(0, 400) || context.stepName,
        message: message.slice(0, 4000),
        relatedKind: context.entityType.slice(0, 40),
        relatedId: context.entityId,
      },
    });
    await writeInStep(context, record);
  }
  const muted = [...people].filter((id) => !notified.includes(id)).sort();
  return {
    ok: true,
    output: {
      notified: notified.sort(),
      ...(muted.length > 0 ? { muted } : {}),
      ...(nobody.length > 0 ? { nobody } : {}),
    },
  };
}

async function peopleOf({ batch, now }: StepContext, recipient: string): Promise<string[]> {
  const colon = recipient.indexOf(':');
  const [sort, name] = [recipient.slice(0, colon), recipient.slice(colon + 1)];
  if (sort === 'role') return (await staffOfRole(batch, name, now)) ?? [];
  await batch.load([name]);
  return living(batch.get(name), 'staff')?.status === 'active' ? [name] : [];
}
