import type { Json } from '#shared/kernel/json.ts';
import type { PreparedStep } from '#shared/domain/automation/steps/preparedStep.ts';

/** What every outside effect knows of the step that asks for it. */
export interface EffectContext {
  /** Run id and step key; the same in every attempt, so that a receiver can recognise a repetition. */
  idempotencyKey: string;
  runId: string;
  ruleId: string;
  tenantId: string;
  stepId: string;
  /** 1 = the first. */
  attempt: number;
  /** Aborted when the run is cancelled or the server stops. */
  signal: AbortSignal;
}

/** What became of one attempt. `output` is kept in the run and known to later steps as `steps.<id>.output`. */
export type EffectOutcome =
  | { ok: true; output: Json }
  /** `retriable`: another attempt may succeed. The message is for staff; it holds no secret. */
  | { ok: false; error: string; retriable: boolean; output?: Json };

type Effect<Type extends PreparedStep['type']> = (
  request: Extract<PreparedStep, { type: Type }>,
  context: EffectContext,
) => Promise<EffectOutcome>;

/** Everything rules do outside the store. None rejects for what goes wrong outside: that is an outcome. */
export interface Effects {
  email: Effect<'email'>;
  meeting: Effect<'meeting'>;
  webhook: Effect<'webhook'>;
  askModel: Effect<'askModel'>;
  runJob: Effect<'runJob'>;
  pluginAction: Effect<'pluginAction'>;
}
