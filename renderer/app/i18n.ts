import i18next from 'i18next';
import type { i18n, Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'ar', 'fr'] as const;
export type Language = (typeof languages)[number];

/** Every language in its own words. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', ar: 'العربية', fr: 'Français' };

const storageKey = 'steward.language';
const files = import.meta.glob<Record<string, unknown>>('../locales/*/*.json', { eager: true, import: 'default' });

/** The language chosen last; else the system's where it is one of ours. */
function initialLanguage(): Language {
  const wanted = localStorage.getItem(storageKey) ?? navigator.language.slice(0, 2);
  return languages.find((one) => one === wanted) ?? 'en';
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return language.startsWith('ar') ? 'rtl' : 'ltr';
}

/** Starts i18next with every namespace on board: there is nothing to load later. */
export async function startI18n(): Promise<i18n> {
  const resources: Resource = {};
  for (const [path, content] of Object.entries(files)) {
    const [, language, namespace] = /\/(\w+)\/(\w+)\.json$/.exec(path) ?? [];
    if (!language || !namespace) continue;
    resources[language] = { ...resources[language], [namespace]: content };
  }
  await i18next.use(initReactI18next).init({
    resources,
    lng: initialLanguage(),
    fallbackLng: 'en',
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
  });
  applyLanguage(i18next.language);
  i18next.on('languageChanged', (language: string) => {
    localStorage.setItem(storageKey, language);
    applyLanguage(language);
  });
  return i18next;
}

function applyLanguage(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}
