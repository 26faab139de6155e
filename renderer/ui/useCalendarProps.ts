import 'dayjs/locale/ar';
import 'dayjs/locale/fr';
import { useTranslation } from 'react-i18next';

/** What every calendar of the console has in common: the person's language and words for its buttons. */
export function useCalendarProps() {
  const { t, i18n } = useTranslation('records');
  return {
    locale: i18n.language.slice(0, 2),
    hideOutsideDates: true,
    weekendDays: [],
    ariaLabels: {
      previousMonth: t('date.previous'),
      nextMonth: t('date.next'),
      previousYear: t('date.previous'),
      nextYear: t('date.next'),
      previousDecade: t('date.previous'),
      nextDecade: t('date.next'),
      monthLevelControl: t('date.months'),
      yearLevelControl: t('date.years'),
    },
  };
}
