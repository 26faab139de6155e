import 'dayjs/locale/ar';
import 'dayjs/locale/fr';
import { useTranslation } from 'react-i18next';

/** The person's language and words for the buttons of a calendar. */
export function useCalendarWords() {
  const { t, i18n } = useTranslation('simulator');
  return {
    locale: i18n.language.slice(0, 2),
    hideOutsideDates: true,
    weekendDays: [],
    ariaLabels: {
      previousMonth: t('calendar.previous'),
      nextMonth: t('calendar.next'),
      previousYear: t('calendar.previous'),
      nextYear: t('calendar.next'),
      previousDecade: t('calendar.previous'),
      nextDecade: t('calendar.next'),
      monthLevelControl: t('calendar.months'),
      yearLevelControl: t('calendar.years'),
    },
  };
}
