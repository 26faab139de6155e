import type { JsonObject } from '../../../kernel/json.ts';
import type { Step } from '../../../resources/automation/step.ts';
import type { RunState } from '../run/runState.ts';
import type { ScopeBase } from '../run/scopeOf.ts';

/**
 * What a person decides on: the question and the steps that follow when the answer is yes, rendered, up to the next pause.
 * `state` stands at the approval. Hash its canonical JSON; when it is made again and differs, the approval is void.
 */
export function approvalSubject(
  _steps: readonly Step[],
  _state: RunState,
  _base: ScopeBase,
  _now: number,
): Promise<JsonObject> {
  throw new Error('being written');
}
