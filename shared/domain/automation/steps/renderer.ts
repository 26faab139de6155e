import type { Json, JsonObject } from '../../../kernel/json.ts';
import { renderTemplate } from '../values/renderTemplate.ts';
import type { ScopeView } from '../scope.ts';
import type { StepFault } from './preparedStep.ts';

/** Ends the preparation of a step; caught where it begins. */
export class PreparationFault extends Error {
  readonly fault: StepFault;

  constructor(path: string, message: string, retriable = false) {
    super(message);
    this.fault = { path, message, retriable };
  }
}

/** Renders the texts of one step and remembers what they named in vain. */
export interface Renderer {
  readonly view: ScopeView;
  /** A template as text. @throws PreparationFault */
  text: (source: string, path: string, escape?: 'none' | 'html') => string;
  /** The same in one line without spaces around, for subjects, names and ids. */
  line: (source: string, path: string) => string;
  /** All texts inside a value; one that is a single output keeps the type of what it gives. */
  value: (source: Json, path: string) => Json;
  object: (source: JsonObject, path: string) => JsonObject;
  unknownVariables: () => string[];
}

/** `{{ … }}` and nothing around it. */
const singleOutput = /^\s*\{\{-?((?:(?!\{\{|\}\}|\{%)[\s\S])*?)-?\}\}\s*$/;

export function createRenderer(view: ScopeView): Renderer {
  const unknown = new Set<string>();

  const text: Renderer['text'] = (source, path, escape = 'none') => {
    if (!source.includes('{')) return source;
    const rendered = renderTemplate(source, view, { escape });
    if (!rendered.ok) {
      const { message, line, column } = rendered.error;
      throw new PreparationFault(path, `line ${line}, column ${column}: ${message}`);
    }
    for (const name of rendered.value.unknownVariables) unknown.add(name);
    return rendered.value.text;
  };

  const value: Renderer['value'] = (source, path) => {
    if (typeof source === 'string') {
      const inside = singleOutput.exec(source)?.[1];
      if (inside === undefined) return text(source, path);
      const json = text(`{{ ${inside.trim()} | json }}`, path).trim();
      return json === '' ? '' : parseJson(json, path);
    }
    if (Array.isArray(source)) return source.map((item, index) => value(item, `${path}.${index}`));
    return typeof source === 'object' && source !== null ? object(source, path) : source;
  };

  const object: Renderer['object'] = (source, path) =>
    Object.fromEntries(Object.entries(source).map(([key, held]) => [key, value(held, `${path}.${key}`)]));

  return {
    view,
    text,
    value,
    object,
    line: (source, path) => text(source, path).replace(/\s+/g, ' ').trim(),
    unknownVariables: () => [...unknown].sort(),
  };
}

function parseJson(json: string, path: string): Json {
  try {
    const parsed: Json = JSON.parse(json);
    return parsed ?? '';
  } catch {
    throw new PreparationFault(path, `the expression gives no value that can be kept: ${json.slice(0, 100)}`);
  }
}
