import { jsonEqual } from '../../kernel/json.ts';
import type { Problem } from '../../kernel/errors.ts';
import { problemOf, saying } from '../../kernel/sentences/sentence.ts';
import { personKinds } from '../privacy/peopleInKinds.ts';
import type { CheckedWrite } from './checkDecider.ts';

/** What decides about whom and what a request is. */
const decided = ['type', 'subjectEmail', 'subjectName', 'subjectRecords'] as const;

/** Only records that are persons are named as one, and what was approved is what is carried out. */
export function checkPrivacyRequest({ stored, record }: CheckedWrite): Problem | undefined {
  const changed = decided.filter((name) => !jsonEqual(stored?.body[name], record.body[name]));
  const [first] = changed;
  if (stored && first !== undefined && stored.status !== 'received' && stored.status !== 'failed')
    return problemOf('invalid', saying('privacy_request_decided'), { path: `body.${first}` });
  if (!changed.includes('subjectRecords')) return undefined;
  const named = record.body['subjectRecords'];
  const other = (Array.isArray(named) ? named : []).find((one) => typeof one !== 'string' || !isPerson(one));
  return other === undefined
    ? undefined
    : problemOf('invalid', saying('not_a_person', { named: JSON.stringify(other) }), { path: 'body.subjectRecords' });
}

function isPerson(named: string): boolean {
  return personKinds.some((kind) => named.startsWith(`${kind}:`) && named.length > kind.length + 1);
}
