/** Keys and indexes that lead to a value. */
export type JsonPath = readonly (string | number)[];

export interface JsonPieces {
  /** The next part of the text, cut anywhere. */
  feed: (text: string) => void;
  /** Call at the end of the text. */
  end: () => void;
}

/** The text is no JSON, or a piece of it too large. */
export class JsonPiecesError extends Error {
  /** Characters before the place, from 0. */
  readonly position: number;
  constructor(message: string, position: number) {
    super(`${message.replace(/\.$/, '')}, at character ${position}`);
    this.name = 'JsonPiecesError';
    this.position = position;
  }
}

export interface JsonPiecesOptions {
  /** True: the object or list at this path is read member by member; false: `onPiece` gets it whole. */
  isOpened: (path: JsonPath) => boolean;
  /** What it throws is given the place. */
  onPiece: (path: JsonPath, value: unknown) => void;
  /** An opened object or list ends. */
  onEnd?: (path: JsonPath) => void;
  /** Characters of one piece. Default 4 Mi. */
  longest?: number;
}

interface Level {
  isList: boolean;
  names: Set<string>;
  index: number;
}

/**
 * Reads a JSON document (RFC 8259) that may be larger than memory, piece by piece. Opened objects may not name a member twice.
 * @throws JsonPiecesError from `feed` and `end`.
 */
export function createJsonPieces({
  isOpened,
  onPiece,
  onEnd,
  longest = 4 * 1024 * 1024,
}: JsonPiecesOptions): JsonPieces {
  const path: (string | number)[] = [];
  const levels: Level[] = [];
  let position = 0;
  let expects: 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'nothing' = 'value';
  /** The piece or name under way; its brackets that are open, and whether it is inside a string. */
  let piece: string[] | undefined;
  let length = 0;
  let depth = 0;
  let kind: 'text' | 'brackets' | 'word' = 'word';
  let inText = false;
  let isEscaped = false;

  const fail = (message: string, at: number): never => {
    throw new JsonPiecesError(message, at);
  };
  /** What the reader has against a piece gets its place. */
  const told = (tell: () => void, at: number) => {
    try {
      tell();
    } catch (error) {
      throw error instanceof Error ? new JsonPiecesError(error.message, at) : error;
    }
  };
  const afterValue = () => {
    if (levels.length > 0) path.pop();
    expects = levels.length === 0 ? 'nothing' : 'comma or end';
  };
  const complete = (at: number) => {
    const text = (piece ?? []).join('');
    piece = undefined;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      fail(`'${text.slice(0, 40)}' is no JSON`, at - text.length);
    }
    const level = levels.at(-1);
    if (expects === 'name' || expects === 'name or end') {
      const name = String(value);
      if (level?.names.has(name)) fail(`the member '${name.slice(0, 40)}' comes twice`, at - text.length);
      level?.names.add(name);
      path.push(name);
      expects = 'colon';
      return;
    }
    told(() => onPiece(path, value), at - text.length);
    afterValue();
  };
  const close = (at: number) => {
    levels.pop();
    told(() => onEnd?.(path), at);
    afterValue();
  };
  const beginValue = (letter: string, at: number) => {
    const level = levels.at(-1);
    if (level?.isList) path.push(level.index++);
    if ((letter === '{' || letter === '[') && isOpened(path)) {
      levels.push({ isList: letter === '[', names: new Set(), index: 0 });
      expects = letter === '[' ? 'value or end' : 'name or end';
      return false;
    }
    begin(letter, at);
    return true;
  };
  const begin = (letter: string, at: number) => {
    if (!/["{[\-\dtfn]/.test(letter)) fail(`'${letter}' stands where a value ought to`, at);
    piece = [];
    length = 0;
    depth = 0;
    isEscaped = false;
    inText = false;
    kind = letter === '"' ? 'text' : letter === '{' || letter === '[' ? 'brackets' : 'word';
  };
  /** Index behind the end of the piece under way in this part of the text, or -1. */
  const endOfPiece = (text: string, from: number): number => {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (code === 92) isEscaped = true;
        else if (code === 34) {
          inText = false;
          if (depth === 0) return at + 1;
        }
        continue;
      }
      if (code === 34) inText = true;
      else if (kind === 'word') {
        if (code === 44 || code === 93 || code === 125 || code <= 32) return at;
      } else if (code === 123 || code === 91) depth += 1;
      else if ((code === 125 || code === 93) && --depth === 0) return at + 1;
    }
    return -1;
  };
  const step = (letter: string, at: number): boolean => {
    const wantsEnd = expects === 'comma or end' || expects === 'value or end' || expects === 'name or end';
    const level = levels.at(-1);
    if (wantsEnd && letter === (level?.isList ? ']' : '}')) close(at);
    else if (expects === 'value' || expects === 'value or end') return beginValue(letter, at);
    else if (expects === 'name' || expects === 'name or end') {
      if (letter !== '"') fail(`'${letter}' stands where a name ought to`, at);
      begin(letter, at);
      return true;
    } else if (expects === 'colon' && letter === ':') expects = 'value';
    else if (expects === 'comma or end' && letter === ',') expects = level?.isList ? 'value' : 'name';
    else fail(`'${letter}' is not expected`, at);
    return false;
  };
  return {
    feed: (text) => {
      let at = 0;
      while (at < text.length) {
        if (!piece) {
          const letter = text.charAt(at);
          if (letter === ' ' || letter === '\n' || letter === '\r' || letter === '\t' || !step(letter, position + at)) {
            at += 1;
            continue;
          }
        }
        const end = endOfPiece(text, at);
        const part = text.slice(at, end === -1 ? undefined : end);
        length += part.length;
        if (length > longest) fail(`one value is longer than ${longest} characters`, position + at);
        piece?.push(part);
        if (end === -1) break;
        at = end;
        complete(position + at);
      }
      position += text.length;
    },
    end: () => {
      if (piece && kind === 'word' && levels.length === 0) complete(position);
      if (expects !== 'nothing') fail('the document ends too early', position);
    },
  };
}
