import { Radio, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFoundRecord } from '#renderer/data/hooks/useFoundRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { deliveries, notificationSubjects, wantsNotification } from '#shared/domain/notifications/preferences.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import classes from './Account.module.css';
import { AccountRow } from './AccountRow.tsx';

/** What the person is told of, and in which language. It is on their staff record, so it goes with them and works offline. */
export function NotificationsCard({ staffId }: { staffId: string }) {
  const { t } = useTranslation('account');
  const words = useRecordWords();
  const replica = useReplica();
  const found = useFoundRecord('staff', staffId);
  if (found.state !== 'found') return null;
  const { record, badge } = found.record;
  const { notificationPreferences: stored, locale } = record.body;
  const preferences = isJsonObject(stored) ? stored : {};
  const choose = async (body: JsonObject) => {
    const outcome = await replica.edit('staff', staffId, { body });
    if (!outcome.ok) notifications.show({ color: 'red', message: outcome.error.message });
  };
  return (
    <section className={classes.card} aria-label={t('notifications.title')} data-testid="notification-preferences">
      <div className={classes.cardHead}>
        <div className={classes.cardWords}>
          <h2 className={classes.cardTitle}>{t('notifications.title')}</h2>
          <p className={classes.quiet}>{t('notifications.text')}</p>
        </div>
        <SyncMark badge={badge} />
      </div>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('notifications.subject')}</th>
            {deliveries.map((delivery) => (
              <th key={delivery} scope="col">
                {t(`notifications.delivery.${delivery}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {notificationSubjects.map((subject) => {
            const chosen = wantsNotification(record.body, subject) ? 'app' : 'off';
            return (
              <tr key={subject}>
                <th scope="row">
                  {t(`notifications.of.${subject}.title`)}
                  <span className={classes.quiet}>{t(`notifications.of.${subject}.text`)}</span>
                </th>
                {deliveries.map((delivery) => (
                  <td key={delivery}>
                    <Radio
                      name={`notify-${subject}`}
                      size="xs"
                      aria-label={`${t(`notifications.of.${subject}.title`)}: ${t(`notifications.delivery.${delivery}`)}`}
                      checked={chosen === delivery}
                      data-testid={`notify-${subject}-${delivery}`}
                      onChange={() => void choose({ notificationPreferences: { ...preferences, [subject]: delivery } })}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <AccountRow
        icon={<IconLanguage size={18} />}
        title={t('notifications.language')}
        text={t('notifications.languageText')}
      >
        <Select
          w={180}
          aria-label={t('notifications.language')}
          data-testid="notification-language"
          allowDeselect={false}
          data={words.options('staff', 'body.locale') ?? []}
          value={typeof locale === 'string' ? locale : 'en'}
          onChange={(value) => value !== null && void choose({ locale: value })}
        />
      </AccountRow>
    </section>
  );
}
