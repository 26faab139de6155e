import { useTranslation } from 'react-i18next';

const languages = ['en', 'ar', 'fr'] as const;

/** The person's language, among those in which records carry their own words. */
export function useLanguage(): (typeof languages)[number] {
  const { i18n } = useTranslation();
  return languages.find((one) => i18n.language.startsWith(one)) ?? 'en';
}
