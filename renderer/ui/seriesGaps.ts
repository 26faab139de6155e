export interface SeriesPoint {
  /** Milliseconds since the epoch. */
  at: number;
  /** `null` = nothing is known here; the line stops. */
  value: number | null;
}

/**
 * Puts an empty point into every hole of a series, so that a line does not bridge it. A hole is more than two and a half
 * times the usual (median) distance of two points. Points must be in order of time.
 */
export function withGaps(points: readonly SeriesPoint[]): SeriesPoint[] {
  const distances = points.slice(1).map((point, index) => point.at - (points[index]?.at ?? point.at));
  const usual = [...distances].sort((left, right) => left - right)[Math.floor(distances.length / 2)] ?? 0;
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (!before || usual === 0 || point.at - before.at <= usual * 2.5) return [point];
    return [{ at: before.at + usual, value: null }, point];
  });
}
