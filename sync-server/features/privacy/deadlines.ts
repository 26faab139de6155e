import { createHash } from 'node:crypto';
import { wantsNotification } from '#shared/domain/notifications/preferences.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { privacyRequest } from '#shared/resources/access/privacyRequest.ts';
import type { PrivacySources } from './ports.ts';

const day = 24 * 3600 * 1000;
/** Days before the deadline at which it is spoken of. */
const warnedBefore = 7;

export interface Reminded {
  id: string;
  locale: string;
}

const words: Readonly<Record<string, { soon: string; overdue: string; message: string }>> = {
  en: {
    soon: 'A privacy request is due within seven days',
    overdue: 'A privacy request is overdue',
    message: 'The law gives one month to answer. Open the request to see what is left to do.',
  },
  fr: {
    soon: 'Une demande relative aux données arrive à échéance dans sept jours',
    overdue: 'Une demande relative aux données est en retard',
    message: 'La loi donne un mois pour répondre. Ouvrez la demande pour voir ce qu’il reste à faire.',
  },
  ar: {
    soon: 'طلب خصوصية يحل موعده خلال سبعة أيام',
    overdue: 'طلب خصوصية تجاوز موعده',
    message: 'يمنح القانون شهراً واحداً للرد. افتح الطلب لمعرفة ما تبقى.',
  },
};

/**
 * Tells those who look after requests once that one is due within a week, and once that it is overdue. It does not say whose:
 * the request does. The notification's id follows from what it says, so that there is only one.
 */
export async function remindOfDeadlines(
  { store, write, clock }: Pick<PrivacySources, 'store' | 'write' | 'clock'>,
  keepers: (tenantId: string) => Promise<readonly Reminded[]>,
): Promise<number> {
  const now = clock();
  const made: RecordEnvelope[] = [];
  for (const request of await store.recordsOfKind(privacyRequest.kind)) {
    if (isTombstone(request) || request.status === 'done' || request.status === 'refused') continue;
    const dueAt = Date.parse(String(request.body['dueAt']));
    if (!(dueAt - now <= warnedBefore * day)) continue;
    const stage = dueAt < now ? 'overdue' : 'soon';
    for (const { id: staffId, locale } of await keepers(request.tenantId)) {
      const at = new Date(now).toISOString();
      const { [stage]: subject, message } = words[locale] ?? words['en'] ?? { soon: '', overdue: '', message: '' };
      made.push({
        id: derivedId(`${request.id}|${stage}|${staffId}`),
        kind: 'notification',
        tenantId: request.tenantId,
        status: 'unread',
        assignedTo: staffId,
        createdAt: at,
        createdBy: 'system',
        updatedAt: at,
        updatedBy: 'system',
        version: 1,
        body: {
          level: stage === 'overdue' ? 'urgent' : 'warning',
          subject,
          message,
          relatedKind: privacyRequest.kind,
          relatedId: request.id,
        },
      });
    }
  }
  if (made.length === 0) return 0;
  return write(made.length, async (batch) => {
    await batch.load(made.map((record) => record.id));
    await batch.load(made.map((record) => record.assignedTo));
    const wanted = ({ assignedTo }: RecordEnvelope) => {
      const person = batch.get(assignedTo);
      return !person || isTombstone(person) || wantsNotification(person.body, 'deadlines');
    };
    const fresh = made.filter((record) => batch.get(record.id) === undefined && wanted(record));
    for (const record of fresh) batch.append(record);
    return fresh.length;
  });
}

/** An id in the form of a UUID that follows from what it is for. */
function derivedId(text: string): string {
  const hex = createHash('sha256').update(`steward.deadline|${text}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
