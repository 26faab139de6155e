import { jsonLanguage } from '@codemirror/lang-json';

type SyntaxNode = ReturnType<typeof jsonLanguage.parser.parse>['topNode'];

/** The line, 1 = the first, on which a value of a JSON text begins; that of the nearest value around it where it is not there. */
export function lineAtPath(text: string, path: readonly (string | number)[]): number {
  let node = jsonLanguage.parser.parse(text).topNode.firstChild;
  for (const step of path) {
    const inner = node && (typeof step === 'number' ? itemOf(node, step) : propertyOf(node, text, step));
    if (!inner) break;
    node = inner;
  }
  return lineAt(text, node?.from ?? 0);
}

/** The line of the first place that is no JSON; undefined where all of it is. */
export function lineOfBreak(text: string): number | undefined {
  let found: number | undefined;
  jsonLanguage.parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) found ??= node.from;
      return found === undefined;
    },
  });
  return found === undefined ? undefined : lineAt(text, found);
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function itemOf(node: SyntaxNode, index: number): SyntaxNode | undefined {
  return childrenOf(node).filter(({ name }) => !punctuation.has(name))[index];
}

function propertyOf(node: SyntaxNode, text: string, name: string): SyntaxNode | undefined {
  if (/^\d+$/.test(name) && node.name === 'Array') return itemOf(node, Number(name));
  for (const property of childrenOf(node)) {
    if (property.name !== 'Property') continue;
    const [key, ...rest] = childrenOf(property);
    if (key && text.slice(key.from, key.to) === JSON.stringify(name)) return rest.at(-1);
  }
  return undefined;
}

const punctuation: ReadonlySet<string> = new Set(['[', ']', '{', '}', ',', ':']);

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}
