import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { HighlightStyle, bracketMatching, foldGutter, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useId, useRef } from 'react';
import classes from './JsonEditor.module.css';

interface JsonEditorProps {
  label: string;
  /** The label stands above it already. */
  labelled?: boolean;
  /** The text; what is typed comes back through `onChange` and may be given back unchanged. */
  value: string;
  onChange: (text: string) => void;
  readOnly?: boolean;
  /** What is wrong with it, said below and to those who do not see it. */
  error?: string | undefined;
  help?: string;
  'data-testid'?: string;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--json-name)' },
  { tag: tags.string, color: 'var(--json-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--json-value)' },
]);

/** JSON to type in: coloured, folded, indented, with syntax errors beside the line. Escape, then Tab leaves it. */
export function JsonEditor({
  label,
  value,
  onChange,
  readOnly = false,
  labelled = false,
  error,
  help,
  ...rest
}: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef({ value, onChange });
  const errorId = useId();
  useEffect(() => {
    latest.current = { value, onChange };
  });
  useEffect(() => {
    if (!host.current) return undefined;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          indentOnInput(),
          bracketMatching(),
          json(),
          linter(jsonParseLinter(), { delay: 250 }),
          lintGutter(),
          syntaxHighlighting(colours),
          keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
          EditorView.lineWrapping,
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-describedby': errorId,
            dir: 'ltr',
            spellcheck: 'false',
          }),
          EditorView.updateListener.of((update) => {
            const text = update.state.doc.toString();
            // What was given is no typing.
            if (update.docChanged && text !== latest.current.value) latest.current.onChange(text);
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = undefined;
      editor.destroy();
    };
  }, [label, readOnly, errorId]);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const shown = editor.state.doc.toString();
    if (shown !== value) editor.dispatch({ changes: { from: 0, to: shown.length, insert: value } });
  }, [value]);
  return (
    <div className={classes.editor} data-invalid={error !== undefined || undefined} {...rest}>
      {!labelled && (
        <span className={classes.label} aria-hidden="true">
          {label}
        </span>
      )}
      {help && <span className={classes.help}>{help}</span>}
      <div ref={host} className={classes.host} />
      <p id={errorId} className={classes.error} role={error === undefined ? undefined : 'alert'}>
        {error}
      </p>
    </div>
  );
}
