import { useTranslation } from 'react-i18next';
import { describeDistance } from './describeDistance.ts';
import { useNow } from './useNow.ts';

/** How long ago or how soon, with the exact time on hover. Nothing for what is not a time. */
export function RelativeTime({ instant }: { instant: string }) {
  const { i18n } = useTranslation();
  const now = useNow();
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return null;
  const exact = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full', timeStyle: 'medium' }).format(at);
  const { value, unit } = describeDistance(at, now);
  const words = new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto', style: 'short' }).format(value, unit);
  return (
    <time dateTime={instant} title={exact}>
      {words}
    </time>
  );
}
