import { jsonEqual } from '../../kernel/json.ts';
import type { Problem } from '../../kernel/errors.ts';
import { personKinds } from '../privacy/peopleInKinds.ts';
import type { CheckedWrite } from './checkDecider.ts';

/** What decides about whom and what a request is. */
const decided = ['type', 'subjectEmail', 'subjectName', 'subjectRecords'] as const;

/** Only records that are persons are named as one, and what was approved is what is carried out. */
export function checkPrivacyRequest({ stored, record }: CheckedWrite): Problem | undefined {
  const changed = decided.filter((name) => !jsonEqual(stored?.body[name], record.body[name]));
  const [first] = changed;
  if (stored && first !== undefined && stored.status !== 'received' && stored.status !== 'failed')
    return {
      code: 'invalid',
      path: `body.${first}`,
      message: 'The request was approved or refused as it is. Make a new one.',
    };
  if (!changed.includes('subjectRecords')) return undefined;
  const named = record.body['subjectRecords'];
  const other = (Array.isArray(named) ? named : []).find((one) => typeof one !== 'string' || !isPerson(one));
  return other === undefined
    ? undefined
    : {
        code: 'invalid',
        path: 'body.subjectRecords',
        message: `${JSON.stringify(other)} is not a person. Name records of persons only: 'member:<id>' or 'staff:<id>'.`,
      };
}

function isPerson(named: string): boolean {
  return personKinds.some((kind) => named.startsWith(`${kind}:`) && named.length > kind.length + 1);
}
