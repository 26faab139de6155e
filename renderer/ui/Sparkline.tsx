import classes from './Sparkline.module.css';

interface SparklineProps {
  /** One entry per day, the oldest first: what ended well and what did not. */
  days: readonly { good: number; bad: number }[];
  /** What it shows, in words. */
  label: string;
}

const barWidth = 5;
const gap = 1;
const height = 18;

/** Days as small bars, the failed part in red from below. A day without anything is a dot on the line. Time runs left to right. */
export function Sparkline({ days, label }: SparklineProps) {
  const most = Math.max(1, ...days.map(({ good, bad }) => good + bad));
  const scaled = (count: number) => (count === 0 ? 0 : Math.max(2, Math.round((count / most) * height)));
  return (
    <svg
      className={classes.sparkline}
      width={days.length * (barWidth + gap) - gap}
      height={height}
      role="img"
      aria-label={label}
      direction="ltr"
    >
      <title>{label}</title>
      {days.map(({ good, bad }, index) => {
        const x = index * (barWidth + gap);
        const badHeight = scaled(bad);
        const whole = Math.max(badHeight, scaled(good + bad));
        return (
          // A day is its place.
          // oxlint-disable-next-line react/no-array-index-key
          <g key={index}>
            {whole === 0 ? (
              <rect className={classes.none} x={x + 2} y={height - 1} width={1} height={1} />
            ) : (
              <rect className={classes.good} x={x} y={height - whole} width={barWidth} height={whole} rx={1} />
            )}
            {bad > 0 && (
              <rect className={classes.bad} x={x} y={height - badHeight} width={barWidth} height={badHeight} rx={1} />
            )}
          </g>
        );
      })}
    </svg>
  );
}
