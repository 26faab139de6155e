import type { Json } from '../../kernel/json.ts';
import { isJsonObject } from '../../kernel/json.ts';
import type { Resource } from '../../records/defineResource.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import { mentions } from './mentions.ts';
import { fieldsOfOthers, standingOf } from './peopleInKinds.ts';
import type { Subject } from './subject.ts';
import { textsIn } from './walkJson.ts';

/**
 * How a person occurs. `is`: the record is the person, or theirs alone; `field`: a field that is about a person; `reference`:
 * the id of one of their records; `text`: within free text or a JSON body.
 */
export type Occurrence = 'is' | 'field' | 'reference' | 'text';

export interface Location {
  /** `id`, `assignedTo`, `body.data.customer.email`. */
  path: string;
  occurrence: Occurrence;
}

/** Numbers, hashes and keys that the server makes itself: nobody types anything into them. */
const signedKinds: ReadonlySet<string> = new Set(['auditKey', 'auditHead', 'auditGap']);

type Described = Pick<Resource, 'kind' | 'personalFields'>;

/** Where in a record the person occurs; empty = nowhere. Who only has the same name beside another address is somebody else. */
export function findSubject(record: RecordEnvelope, resource: Described, subject: Subject): Location[] {
  if (signedKinds.has(record.kind) || !mayConcern(record, subject)) return [];
  const found: Location[] = [];
  if (standingOf(record, subject) === 'person') found.push({ path: 'id', occurrence: 'is' });
  for (const name of ['createdBy', 'updatedBy', 'assignedTo'] as const)
    if (subject.ids.has(record[name])) found.push({ path: name, occurrence: 'reference' });
  const others = new Set(fieldsOfOthers(record, subject));
  for (const [name, value] of Object.entries(record.body)) {
    const occurrence = resource.personalFields.includes(name) ? 'field' : 'text';
    for (const placed of textsIn({ [name]: value })) {
      const { path, text } = placed;
      if (others.has(path)) continue;
      const at = `body.${path}`;
      if (isReference(text, subject)) found.push({ path: at, occurrence: 'reference' });
      else if (mentions(placed, subject, resource.personalFields)) found.push({ path: at, occurrence });
    }
  }
  return distinct(found);
}

/** Paths in any JSON value, such as the server's private notes, where the person occurs. */
export function findInJson(value: Json, subject: Subject): Location[] {
  if (!mayConcern(value, subject)) return [];
  const found: Location[] = [];
  for (const placed of textsIn(value)) {
    const { path, text } = placed;
    if (isReference(text, subject)) found.push({ path, occurrence: 'reference' });
    else if (mentions(placed, subject)) found.push({ path, occurrence: 'text' });
  }
  return distinct(found);
}

/** True when anything but references to ids was found: ids say nothing once what they stand for is gone. */
export function holdsPersonalData(locations: readonly Location[]): boolean {
  return locations.some(({ occurrence }) => occurrence !== 'reference');
}

/** What stands at a location of a record, for an export; a key stands for itself. */
export function valueAtLocation(record: RecordEnvelope, path: string): Json | undefined {
  let value: unknown = record;
  for (const name of path.split('.')) {
    if (Array.isArray(value)) value = value[Number(name)];
    else if (isJsonObject(value) && Object.hasOwn(value, name)) value = value[name];
    else return undefined;
  }
  return value as Json | undefined;
}

/** A quick look at all of it at once: most of what is kept is about somebody else. */
function mayConcern(value: unknown, { ids, matcher }: Subject): boolean {
  const text = JSON.stringify(value);
  for (const id of ids) if (text.includes(id)) return true;
  return matcher.mayFind(text);
}

function isReference(text: string, { ids }: Subject): boolean {
  return ids.size > 0 && (ids.has(text) || (text.includes(':') && ids.has(text.slice(text.lastIndexOf(':') + 1))));
}

function distinct(locations: readonly Location[]): Location[] {
  const known = new Set<string>();
  return locations.filter(({ path, occurrence }) => {
    const key = `${path} ${occurrence}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
