import { parserSentences } from './parsers.ts';
import { toldSentences } from './told.ts';
import type { Saying } from './sentence.ts';

const shapes = Object.entries({ ...parserSentences, ...toldSentences }).map(([key, sentence]) => ({
  key,
  shape: shapeOf(sentence),
}));

/** Characters of a text that are read: shapes with several values take time that grows with the square of its length. */
const longest = 2000;

/**
 * The sentence that a text in English is, of those that are told as text, with its values; undefined for any other. Of a longer
 * text only the first 2,000 characters count.
 */
export function recognise(text: string): Saying | undefined {
  const message = text.slice(0, longest);
  for (const { key, shape } of shapes) {
    const found = shape.exec(message);
    if (!found) continue;
    const values = Object.entries(found.groups ?? {}).map(
      ([name, value]) => [name, (name === 'why' && recognise(value)) || value] as const,
    );
    return values.length === 0 ? { key } : { key, values: Object.fromEntries(values) };
  }
  return undefined;
}

/** Every value is a group of its name. */
function shapeOf(sentence: string): RegExp {
  const parts = sentence.split(/\{\{(\w+)\}\}/);
  const source = parts.map((part, index) =>
    index % 2 === 0 ? part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`) : `(?<${part}>.*?)`,
  );
  return new RegExp(`^${source.join('')}$`, 's');
}
