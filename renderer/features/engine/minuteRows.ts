/** A minute as a row of a chart; null where nothing happened in it, which is drawn as a gap. */
export function minuteRows<Minute extends { minute: string }, Series extends string>(
  minutes: readonly Minute[],
  seriesOf: (minute: Minute) => Record<Series, number>,
): ({ day: string } & Record<Series, number | null>)[] {
  return minutes.map((minute) => {
    const series: Record<Series, number | null> = seriesOf(minute);
    const idle = Object.values(series).every((count) => count === 0);
    const counts = idle ? Object.fromEntries(Object.keys(series).map((name) => [name, null])) : series;
    return { day: minute.minute, ...series, ...counts };
  });
}
