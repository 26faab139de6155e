export type RecordVerb = 'created' | 'updated' | 'deleted';

/** Name of the event of a record's change: `record.referral_code.updated` for kind `referralCode`. */
export function recordEventName(kind: string, verb: RecordVerb): string {
  return `record.${snakeOf(kind)}.${verb}`;
}

/** `referralCode` → `referral_code`, as event names are written. */
export function snakeOf(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
