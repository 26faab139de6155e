import * as z from 'zod';

const answerSchema = z.object({
  option: z.union([z.string(), z.number()]).transform(String),
  reason: z.string().catch('').default(''),
});

export interface ModelAnswer {
  /** As the model wrote it; whether there is such an option is for the caller to see. */
  option: string;
  reason: string;
}

/** UTF-16 code units of an answer that are looked at. */
const longestAnswer = 50_000;
const mostCandidates = 200;

/**
 * Finds `{"option", "reason"}` in what a model said: bare, in a code fence, or with words around it; of several the last.
 * @returns undefined when there is none.
 */
export function readAnswer(said: string): ModelAnswer | undefined {
  const text = said.replaceAll(/<think>[\s\S]*?<\/think>/g, '').slice(-longestAnswer);
  let found: ModelAnswer | undefined;
  let start = text.indexOf('{');
  for (let count = 0; start >= 0 && count < mostCandidates; count++) {
    const end = endOfObject(text, start);
    const parsed = end === undefined ? undefined : parse(text.slice(start, end));
    if (parsed) found = parsed;
    start = text.indexOf('{', parsed && end !== undefined ? end : start + 1);
  }
  return found;
}

/** The option of that id or, when the model wrote it otherwise, of that id or label without regard to case and quotes. */
export function optionNamed<Option extends { id: string; label: string }>(
  options: readonly Option[],
  name: string,
): Option | undefined {
  const exact = options.find((option) => option.id === name);
  if (exact) return exact;
  const wanted = plain(name);
  const near = options.filter((option) => plain(option.id) === wanted || plain(option.label) === wanted);
  return near.length === 1 ? near[0] : undefined;
}

function plain(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/^[\s"'`.]+|[\s"'`.]+$/g, '')
    .toLowerCase();
}

function parse(text: string): ModelAnswer | undefined {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Behind the brace that closes the one at `start`. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inText = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (inText) {
      if (character === '\\') index++;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return index + 1;
  }
  return undefined;
}
