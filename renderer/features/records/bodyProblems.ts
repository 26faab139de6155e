import type * as z from 'zod';
import { ar, en, fr } from 'zod/v4/locales';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';

const languages = { ar: ar(), en: en(), fr: fr() } as const;

interface ProblemWords {
  /** For a language, `en` where it is none of ours. */
  language: string;
  required: string;
  /** The pattern is a regular expression. */
  pattern: (pattern: string) => string;
}

/** What is wrong with a body, by path of the top-level field, in the person's words; the first problem of each field. */
export function bodyProblems(resource: Resource, body: JsonObject, words: ProblemWords): Map<string, string> {
  const locale = words.language.startsWith('ar')
    ? languages.ar
    : words.language.startsWith('fr')
      ? languages.fr
      : languages.en;
  const parsed = resource.body.safeParse(body, { error: locale.localeError });
  const found = new Map<string, string>();
  for (const issue of parsed.error?.issues ?? []) {
    const [name, ...inner] = issue.path;
    const path = `body.${String(name)}`;
    if (found.has(path)) continue;
    const message = sentenceOf(issue, body[String(name)] ?? '', inner.length, words);
    found.set(path, inner.length > 0 ? `${inner.join('.')}: ${message}` : message);
  }
  return found;
}

function sentenceOf(issue: z.core.$ZodIssue, held: unknown, depth: number, words: ProblemWords): string {
  if (depth === 0 && held === '') return words.required;
  if (issue.code === 'invalid_format' && issue.format === 'regex') return words.pattern(issue.pattern ?? '');
  return issue.message;
}
