import { TagsInput } from '@mantine/core';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';

/** Texts as tags; a single `tag` of older rules is one of them. */
export function TagsSetting(props: {
  label: string;
  help: string;
  error: string | undefined;
  settings: JsonObject;
  onChange: (settings: JsonObject) => void;
}) {
  const { tag, tags, ...others } = props.settings;
  const held = [...(typeof tag === 'string' ? [tag] : []), ...(Array.isArray(tags) ? tags : [])].filter(
    (one) => typeof one === 'string',
  );
  return (
    <TagsInput
      label={props.label}
      description={props.help}
      withAsterisk
      error={props.error}
      value={held}
      onChange={(next) => props.onChange({ ...others, tags: next })}
      data-testid="field-settings.tags"
    />
  );
}

export function objectOrEmpty(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
