import { useTranslation } from 'react-i18next';
import { describeDistance } from './describeDistance.ts';
import { useNow } from './useNow.ts';

interface Formats {
  exact: Intl.DateTimeFormat;
  day: Intl.DateTimeFormat;
  dayOfYear: Intl.DateTimeFormat;
  relative: Intl.RelativeTimeFormat;
}

const formats = new Map<string, Formats>();

/** Made once per language: a list shows hundreds of times, and making a format is slow. */
function formatsOf(language: string): Formats {
  const known = formats.get(language);
  if (known) return known;
  const made = {
    exact: new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium' }),
    day: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' }),
    dayOfYear: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }),
    // The short Arabic form of past months says they are to come (CLDR), the long one is right and no longer.
    relative: new Intl.RelativeTimeFormat(language, {
      numeric: 'auto',
      style: language.startsWith('ar') ? 'long' : 'short',
    }),
  };
  formats.set(language, made);
  return made;
}

/**
 * How long ago or how soon, and the day where that is a month and more; the exact time on hover. Nothing for what is not a
 * time.
 */
export function RelativeTime({ instant }: { instant: string }) {
  const { i18n } = useTranslation();
  const now = useNow();
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return null;
  const { exact, day, dayOfYear, relative } = formatsOf(i18n.language);
  // What just happened may lie ahead of a clock that is renewed every half minute.
  const { value, unit } = describeDistance(at > now && at - now < 60_000 ? now : at, now);
  const isFar = unit === 'month' || unit === 'year';
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (
    <time dateTime={instant} title={exact.format(at)}>
      {isFar ? (sameYear ? day : dayOfYear).format(at) : relative.format(value, unit)}
    </time>
  );
}
