import { useTranslation } from 'react-i18next';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { CopyLine } from './CopyLine.tsx';
import classes from './Integrations.module.css';

/** How a system sends an event, ready to be copied. */
export function SendExample() {
  const { t } = useTranslation('automation');
  const serverUrl = useSyncPart((status) => status.serverUrl);
  const event = { module: 'user', code: 'created', data: { userId: 'u-1', email: 'someone@example.com' } };
  const example = [
    `curl -X POST ${new URL('/v1/events', serverUrl).href} \\`,
    `  -H 'authorization: Bearer YOUR_KEY' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -H 'idempotency-key: u-1-created' \\`,
    `  -d '${JSON.stringify(event)}'`,
  ].join('\n');
  return (
    <section className={classes.section} aria-label={t('example.title')}>
      <h2 className={classes.heading}>{t('example.title')}</h2>
      <p className={classes.quiet}>{t('example.text')}</p>
      <CopyLine label={t('example.title')} text={example} />
    </section>
  );
}
