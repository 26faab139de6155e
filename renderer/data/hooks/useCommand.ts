import { useCallback, useState } from 'react';
import { commandResultSchema, parseCommandArguments } from '#shared/domain/automation/commands.ts';
import type { AutomationCommand, CommandInput, CommandResult } from '#shared/domain/automation/commands.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { SyncBadge } from '../replicaApi.ts';
import { useRecord } from './useRecord.ts';
import { useReplica } from './useReplica.ts';

/** A command that was given, as far as it is known here. */
export interface GivenCommand {
  id: string;
  type: string;
  /** `queued` also while it waits to be sent, which the badge tells. */
  status: 'queued' | 'running' | 'done' | 'failed' | 'refused' | 'aborted';
  badge: SyncBadge;
  /** Percent. */
  progress: number;
  result: JsonObject;
  /** The result of a command of several pieces, once it ended. */
  outcome: CommandResult | undefined;
  /** Why it failed or was refused. */
  problem: string;
  /** Nothing of it will change any more. */
  ended: boolean;
}

export interface CommandControl {
  /** Gives a command; it is kept and sent also when the network is away. The answer is the command's record. */
  give: <Type extends AutomationCommand>(
    type: Type,
    args: CommandInput<Type>,
    tenantId?: string,
  ) => Promise<Result<RecordEnvelope, Problem>>;
  /** The command given last, live; undefined before the first and after `forget`. */
  command: GivenCommand | undefined;
  /** Why the last one could not be given. */
  problem: Problem | undefined;
  abort: () => Promise<Result<unknown, Problem> | undefined>;
  forget: () => void;
}

const states = ['queued', 'running', 'done', 'failed', 'refused', 'aborted'] as const;

/** Gives commands and watches the last one. */
export function useCommand(): CommandControl {
  const replica = useReplica();
  const [id, setId] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const found = useRecord('command', id);
  const give = useCallback<CommandControl['give']>(
    async (type, args, tenantId = '') => {
      const checked = parseCommandArguments(type, args);
      if (!checked.ok) {
        setProblem(checked.error);
        return checked;
      }
      const made = await replica.create('command', tenantId, { type, args: checked.value });
      setProblem(made.ok ? undefined : made.error);
      if (made.ok) setId(made.value.id);
      return made;
    },
    [replica],
  );
  const forget = useCallback(() => {
    setId('');
    setProblem(undefined);
  }, []);
  const command = id !== '' && found ? commandOf(found.record, found.badge) : undefined;
  return {
    give,
    command,
    problem,
    abort: async () => (command && !command.ended ? replica.edit('command', id, { status: 'aborted' }) : undefined),
    forget,
  };
}

function commandOf({ id, status, body }: RecordEnvelope, badge: SyncBadge): GivenCommand {
  const state = states.find((one) => one === status) ?? 'queued';
  const ended = state !== 'queued' && state !== 'running';
  const { type, progress, result, problem } = body;
  const outcome = ended ? commandResultSchema.safeParse(result) : undefined;
  return {
    id,
    type: typeof type === 'string' ? type : '',
    status: state,
    badge,
    progress: typeof progress === 'number' ? progress : 0,
    result: isJsonObject(result) ? result : {},
    problem: typeof problem === 'string' ? problem : '',
    outcome: outcome?.success ? outcome.data : undefined,
    ended,
  };
}
