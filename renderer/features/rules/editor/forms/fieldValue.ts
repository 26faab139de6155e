import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { Step } from '#shared/resources/automation/step.ts';

/** A step as plain JSON, which it is. */
export function stepJson(step: Step): JsonObject {
  return step as unknown as JsonObject;
}

/** The value at a dotted path of a step; undefined where it has none. */
export function fieldValue(step: Step, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((held, name) => {
    if (Array.isArray(held)) return held[Number(name)];
    return isJsonObject(held) ? held[name] : undefined;
  }, stepJson(step));
}

/**
 * The step with another value at a dotted path; undefined takes it out. The form's table says what each path holds, and the
 * rule's check says it where the two should ever differ.
 */
export function withField(step: Step, path: string, value: Json | undefined): Step {
  return put(stepJson(step), path.split('.'), value) as unknown as Step;
}

function put(held: Json | undefined, [name, ...rest]: readonly string[], value: Json | undefined): Json | undefined {
  if (name === undefined) return value;
  if (Array.isArray(held)) {
    return held.map((item, index) => (index === Number(name) ? (put(item, rest, value) ?? null) : item));
  }
  const object = isJsonObject(held) ? held : {};
  const inner = put(object[name], rest, value);
  if (inner !== undefined) return { ...object, [name]: inner };
  const { [name]: _gone, ...others } = object;
  return others;
}
