import { ar, en, fr } from 'zod/v4/locales';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';

const languages = { ar: ar(), en: en(), fr: fr() } as const;

/** What is wrong with a body, by path of the top-level field, in the words of the language; the first of each field. */
export function bodyProblems(resource: Resource, body: JsonObject, language: string): Map<string, string> {
  const locale = language.startsWith('ar') ? languages.ar : language.startsWith('fr') ? languages.fr : languages.en;
  const parsed = resource.body.safeParse(body, { error: locale.localeError });
  const found = new Map<string, string>();
  for (const issue of parsed.error?.issues ?? []) {
    const [name, ...inner] = issue.path;
    const path = `body.${String(name)}`;
    if (!found.has(path)) found.set(path, inner.length > 0 ? `${inner.join('.')}: ${issue.message}` : issue.message);
  }
  return found;
}
