import * as z from 'zod';
import type { Problem } from '../../kernel/errors.ts';
import { failure, success } from '../../kernel/result.ts';
import { issueSaying } from '../../kernel/sentences/issueSaying.ts';
import { problemOf, saying } from '../../kernel/sentences/sentence.ts';
import type { Result } from '../../kernel/result.ts';

/** How many ids one command may name; a longer selection is several commands. */
export const mostIds = 10_000;

const id = z.string().min(1).max(64);
const ids = z.array(id).min(1).max(mostIds);
const nothingIfUnset = z.string().max(64).default('');

/** Events by name, or a stretch of time: `from` inclusive, `to` exclusive, by `occurredAt`, ISO 8601. */
const selection = z.union([
  z.object({ eventIds: ids }),
  z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    /** Pattern of event names. */
    pattern: z.string().min(1).max(200).default('**'),
    /** '' = all tenants the giver may reach. */
    tenantId: nothingIfUnset,
  }),
]);

const replaySettings = z.object({
  /** Only this rule; '' = every rule that would run for the event now. */
  ruleId: nothingIfUnset,
  /** False: what ran with success for an event is left out, and what failed goes on from the failed step. */
  repeat: z.boolean().default(false),
  /** Counts what would be replayed, and does nothing. */
  estimateOnly: z.boolean().default(false),
});

/** Arguments of every command of the automation engine, by the command's `type`. */
export const commandArguments = {
  replayEvents: selection.and(replaySettings),
  /** Failed, partial or cancelled runs go on from the failed step. */
  retryRuns: z.object({ runIds: ids }),
  cancelRuns: z.object({ runIds: ids, reason: z.string().max(2000).default('') }),
  /** Failed and ignored events are processed again. */
  retryEvents: z.object({ eventIds: ids }),
  /** New data for a failed event, checked against its type's schema; then it is processed again. */
  editEvent: z.object({ eventId: id, data: z.record(z.string(), z.json()) }),
  ignoreEvents: z.object({ eventIds: ids, reason: z.string().trim().min(1).max(2000) }),
  /** Runs a rule now, whatever its trigger and conditions say, with a record and data as its manual event. */
  runRule: z.object({
    ruleId: id,
    recordKind: z.string().max(40).default(''),
    recordId: nothingIfUnset,
    data: z.record(z.string(), z.json()).default({}),
  }),
  /** Runs what a paused rule kept, oldest first. */
  runSkipped: z.object({ ruleId: id }),
  discardSkipped: z.object({ ruleId: id }),
  /** Tells that entries of the audit log were exported from a console's own copy, so that the log says so. */
  reportExport: z.object({
    format: z.enum(['csv', 'json', 'bundle']),
    entries: z.int().min(0),
    /** What was asked for, as the console writes it in its address. */
    filter: z.string().max(4000).default(''),
    /** By the console's clock, ISO 8601. */
    exportedAt: z.iso.datetime(),
    /** '' = of several tenants or the platform. */
    tenantId: nothingIfUnset,
  }),
} as const;

export type AutomationCommand = keyof typeof commandArguments;
export type CommandArguments<Type extends AutomationCommand> = z.infer<(typeof commandArguments)[Type]>;
/** The same before defaults are filled in: what a console has to give. */
export type CommandInput<Type extends AutomationCommand> = z.input<(typeof commandArguments)[Type]>;

/** Permission that the giver must hold, in the tenant of each thing the command touches. */
export const commandPermissions: Readonly<Record<AutomationCommand, string>> = {
  replayEvents: 'events.edit',
  retryRuns: 'runs.edit',
  cancelRuns: 'runs.edit',
  retryEvents: 'events.edit',
  editEvent: 'events.edit',
  ignoreEvents: 'events.edit',
  runRule: 'automation.edit',
  runSkipped: 'automation.edit',
  discardSkipped: 'automation.edit',
  reportExport: 'audit.export',
};

export function isAutomationCommand(type: string): type is AutomationCommand {
  return Object.hasOwn(commandArguments, type);
}

/** The arguments with defaults, or what is wrong with them; the path is the field inside `args`. */
export function parseCommandArguments<Type extends AutomationCommand>(
  type: Type,
  given: unknown,
): Result<CommandArguments<Type>, Problem> {
  const parsed = commandArguments[type].safeParse(given);
  if (parsed.success) return success(parsed.data as CommandArguments<Type>);
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  const says = saying('command_not_valid', { path: path === '' ? type : `${type}.${path}`, why: issueSaying(issue) });
  return failure(problemOf('invalid', says, { path }));
}

/**
 * What a finished command of several pieces tells in `result`. Each piece is counted once; `problems` holds the first
 * reasons with what they are about.
 */
export const commandResultSchema = z.object({
  total: z.int().min(0).default(0),
  done: z.int().min(0).default(0),
  /** Left out because nothing was to be done. */
  skipped: z.int().min(0).default(0),
  refused: z.int().min(0).default(0),
  /** Runs that were started or taken up again; only the first are named. */
  runIds: z.array(z.string()).default([]),
  runs: z.int().min(0).default(0),
  problems: z.array(z.object({ id: z.string(), message: z.string() })).default([]),
});
export type CommandResult = z.infer<typeof commandResultSchema>;
