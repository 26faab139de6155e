import type { Json, JsonObject } from '../../kernel/json.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import type { Scope, ScopeView } from './scope.ts';

/** Record as it was given → as it is read. Records are immutable, so one view serves every rule that looks at it. */
const views = new WeakMap<RecordEnvelope, JsonObject>();

/**
 * What conditions, templates and expressions read. A record's body fields are known directly too; where a body field has
 * the name of an envelope field (`status`, `id`), the direct name is the envelope's and `body.<name>` the other. Build it once
 * for an event; for the next rule or step take `{ ...view, rule, run, steps, vars }`, which costs nothing.
 */
export function scopeView(scope: Scope): ScopeView {
  const view: ScopeView = {
    event: asJson(scope.event),
    record: recordView(scope.record),
    before: recordView(scope.before),
    tenant: recordView(scope.tenant),
    rule: scope.rule,
    run: scope.run,
    steps: asJson(scope.steps),
    vars: scope.vars,
    now: scope.now,
  };
  if (scope.loop) view['loop'] = asJson(scope.loop);
  return view;
}

/** A record with its body's fields beside those of the envelope; null for none. The same object for the same record. */
export function recordView(record: RecordEnvelope | null): JsonObject | null {
  if (!record) return null;
  const known = views.get(record);
  if (known) return known;
  const view: JsonObject = { ...record.body, ...record };
  views.set(record, view);
  return view;
}

/** Interfaces of plain JSON fields, which the compiler does not see as an index of JSON. */
function asJson(value: object): Json {
  return value as Json;
}
