import type { PageLocale } from '#shared/ipc/signIn.ts';

const texts: Readonly<Record<PageLocale, { title: string; text: string }>> = {
  en: { title: 'Back to Steward', text: 'You can close this page. Everything else happens in Steward.' },
  fr: { title: 'Retour à Steward', text: 'Vous pouvez fermer cette page. La suite se passe dans Steward.' },
  ar: { title: 'العودة إلى Steward', text: 'يمكنك إغلاق هذه الصفحة. كل ما يلي يجري في Steward.' },
};

/** What the browser shows when it comes back from the provider. It says the same however the sign-in went on. */
export function callbackPage(locale: PageLocale): string {
  const { title, text } = texts[locale];
  return `<!doctype html>
<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>body{font:16px/1.6 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;text-align:center;margin:24px}h1{font-size:22px}</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;
}
