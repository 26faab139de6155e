import type { FieldType } from '#shared/domain/automation/conditions/operatorsFor.ts';

/** A name under which rules read something. */
export interface ScopeVariable {
  /** Dotted, as conditions and templates write it: `event.data.amount`. */
  path: string;
  type: FieldType;
  /** A sentence or a name in the person's language, '' for none. */
  description: string;
  /** Of a choice. */
  options?: readonly string[];
  /** The kind of record whose field it is. */
  owner?: string;
  /** Of a reference: the kind of record it names. */
  kind?: string;
}

/** A part of a path under the one typed so far. */
export interface VariablePart {
  name: string;
  /** Undefined for a part that only leads further. */
  variable: ScopeVariable | undefined;
  /** Whether more can follow. */
  leadsOn: boolean;
}

/** What can stand next after the given parts of a path, in the order of the variables. */
export function partsUnder(variables: readonly ScopeVariable[], before: readonly string[]): VariablePart[] {
  const parts = new Map<string, VariablePart>();
  for (const variable of variables) {
    const names = variable.path.split('.');
    if (names.length <= before.length || before.some((name, index) => names[index] !== name)) continue;
    const name = names[before.length] ?? '';
    const whole = names.length === before.length + 1;
    const known = parts.get(name) ?? { name, variable: undefined, leadsOn: false };
    parts.set(name, {
      name,
      variable: whole ? variable : known.variable,
      leadsOn: known.leadsOn || !whole,
    });
  }
  return [...parts.values()];
}

/**
 * Whether a path names a variable, leads to one, or goes on inside one whose inside is not described: lists, objects and
 * what is not known at all.
 */
export function isKnownPath(variables: readonly ScopeVariable[], path: string): boolean {
  return variables.some(
    (variable) =>
      variable.path === path ||
      variable.path.startsWith(`${path}.`) ||
      (path.startsWith(`${variable.path}.`) && isOpen(variable, variables)),
  );
}

function isOpen(variable: ScopeVariable, variables: readonly ScopeVariable[]): boolean {
  if (variable.type === 'any' || variable.type === 'list') return true;
  return variable.type === 'object' && !variables.some((one) => one.path.startsWith(`${variable.path}.`));
}
