const day = 24 * 3600 * 1000;

export type Urgency = 'ended' | 'overdue' | 'soon' | 'ample';

/** How much time a request has left; `now` in milliseconds since the epoch. Within a week it is soon. */
export function urgencyOf(status: string, dueAt: string, now: number): Urgency {
  if (status === 'done' || status === 'refused') return 'ended';
  const at = Date.parse(dueAt);
  if (Number.isNaN(at) || at < now) return 'overdue';
  return at - now <= 7 * day ? 'soon' : 'ample';
}

/** Thirty days after the moment (ISO 8601): what the law calls one month. */
export function dueAfter(receivedAt: string): string {
  return new Date(Date.parse(receivedAt) + 30 * day).toISOString();
}
