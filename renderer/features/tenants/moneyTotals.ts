/** Sums of money by currency, in minor units, currencies in alphabetical order. Different currencies are never added. */
export function sumByCurrency(
  amounts: readonly { currency: string; minorUnits: number }[],
): { currency: string; minorUnits: number }[] {
  const sums = new Map<string, number>();
  for (const { currency, minorUnits } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minorUnits);
  return [...sums]
    .filter(([currency]) => currency !== '')
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([currency, minorUnits]) => ({ currency, minorUnits }));
}
