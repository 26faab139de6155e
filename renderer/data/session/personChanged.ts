const listeners = new Set<() => void>();

/** For what this window keeps in memory of a person, such as choices not made yet: `forget` when it is another's turn. */
export function onPersonChanged(forget: () => void): void {
  listeners.add(forget);
}

/** Somebody left, or another person is here now. */
export function personChanged(): void {
  listeners.forEach((forget) => forget());
}
