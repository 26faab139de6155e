/** Where keywords of a JSON Schema hold further schemas. */
export const subschemas = {
  /** One schema, or true or false. */
  one: ['additionalProperties', 'additionalItems', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'],
  /** A list of them. */
  list: ['allOf', 'anyOf', 'oneOf'],
  /** By name. */
  named: ['properties', 'patternProperties', 'definitions', '$defs'],
} as const;

/** Keywords whose schemas look at the same value as the schema they stand in. */
export const inPlace = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'];

/** What the values of other keywords are. */
export const otherKeywords: ReadonlyMap<
  string,
  'number' | 'count' | 'boolean' | 'texts' | 'text' | 'anything' | 'list'
> = new Map([
  ...(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const).map(
    (name) => [name, 'number'] as const,
  ),
  ...(['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const).map(
    (name) => [name, 'count'] as const,
  ),
  ...(['title', 'description', '$comment', 'format', '$schema'] as const).map((name) => [name, 'text'] as const),
  ...(['uniqueItems', 'readOnly', 'writeOnly', 'deprecated'] as const).map((name) => [name, 'boolean'] as const),
  ['required', 'texts'],
  ['enum', 'list'],
  ['examples', 'list'],
  ['const', 'anything'],
  ['default', 'anything'],
]);

export const schemaTypes = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** The schema that a local `$ref` (`#`, `#/definitions/address`) names; undefined when there is none. */
export function schemaAt(root: object, ref: string): unknown {
  if (ref === '#') return root;
  if (!ref.startsWith('#/')) return undefined;
  let found: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}
