import * as z from 'zod';
import type { RecordEnvelope } from '../../../records/envelope.ts';
import { PreparationFault } from './renderer.ts';

const emailSchema = z.email().max(320);
const mostRecipients = 200;

/**
 * Addresses of a rendered list, with commas, semicolons or line ends between them; `Name <address>` gives the address. Each
 * is checked, none comes twice.
 * @throws PreparationFault naming the first that is no e-mail address.
 */
export function emailAddresses(rendered: string, path: string): string[] {
  const found = new Map<string, string>();
  for (const part of split(rendered)) {
    const address = /<([^<>]*)>$/.exec(part)?.[1]?.trim() ?? part;
    if (!emailSchema.safeParse(address).success)
      throw new PreparationFault(path, `'${part.slice(0, 100)}' is not an e-mail address`);
    found.set(address.toLowerCase(), address);
  }
  return bounded([...found.values()], path);
}

/** As `emailAddresses`, and at least one. */
export function someEmailAddresses(rendered: string, path: string): string[] {
  const found = emailAddresses(rendered, path);
  if (found.length === 0) throw new PreparationFault(path, 'nobody would get it: the recipients are empty');
  return found;
}

/**
 * Whom a notification goes to: `role:<key>` and `staff:<id>` as they are; `assignee` becomes the person who looks after the
 * record, or else the tenant.
 */
export function staffRecipients(
  rendered: string,
  path: string,
  scope: { record: RecordEnvelope | null; tenant: RecordEnvelope | null },
): string[] {
  const assignee = scope.record?.assignedTo || scope.tenant?.assignedTo;
  const found = split(rendered).flatMap((part) => {
    if (part === 'assignee') return assignee ? [`staff:${assignee}`] : [];
    if (/^(role|staff):[^\s:]{1,80}$/.test(part)) return [part];
    throw new PreparationFault(path, `'${part.slice(0, 100)}' is none of role:<key>, staff:<id> and assignee`);
  });
  if (found.length === 0)
    throw new PreparationFault(
      path,
      split(rendered).includes('assignee')
        ? 'nobody would be told: neither the record nor its tenant is assigned to anybody'
        : 'nobody would be told: the recipients are empty',
    );
  return bounded([...new Set(found)], path);
}

function split(rendered: string): string[] {
  return rendered
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function bounded(found: string[], path: string): string[] {
  if (found.length <= mostRecipients) return found;
  throw new PreparationFault(path, `${found.length} recipients; at most ${mostRecipients} are possible`);
}
