import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder as placeholderText, tooltips } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import classes from './Code.module.css';
import { codeColours } from './codeColours.ts';

interface CodeEditorProps {
  value: string;
  onChange: (value: string) => void;
  /** Keep the same object as long as nothing changes: it is compared by identity. */
  extensions: Extension;
  label: string;
  /** One line: Enter does nothing, pasted line ends become spaces. */
  singleLine?: boolean;
  placeholder?: string;
  /** Code is written from left to right in every language; texts for people as they are. */
  direction: 'ltr' | 'auto';
  invalid?: boolean;
  describedBy?: string;
  height?: number;
  /** The editor itself, for what is inserted from outside. */
  onView?: (view: EditorView) => void;
  testId?: string;
}

const fromOutside = Annotation.define<true>();
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  if (transaction.annotation(fromOutside)) return transaction;
  const text = transaction.newDoc.toString().replaceAll(/\s*\n\s*/g, ' ');
  const end = { anchor: Math.min(text.length, transaction.newSelection.main.head) };
  return [{ changes: { from: 0, to: transaction.startState.doc.length, insert: text }, selection: end }];
});

/**
 * CodeMirror as an input. It has no undo of its own: the rule's undo takes its changes back with all others. Tab leaves it,
 * as any other input.
 */
export function CodeEditor(props: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const changing = useRef<Compartment>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const parent = host.current;
    if (!parent) return undefined;
    const compartment = new Compartment();
    const first = latest.current;
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: first.value,
        extensions: [
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap]),
          drawSelection(),
          closeBrackets(),
          bracketMatching(),
          syntaxHighlighting(codeColours),
          EditorView.lineWrapping,
          tooltips({ parent: document.body }),
          compartment.of(configured(first)),
          first.singleLine ? oneLine : [],
          EditorView.updateListener.of((update) => {
            const own = !update.transactions.some((one) => one.annotation(fromOutside));
            if (update.docChanged && own) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    changing.current = compartment;
    first.onView?.(made);
    return () => {
      made.destroy();
      view.current = undefined;
    };
  }, []);

  const { value, extensions, label, placeholder, direction, invalid, describedBy, singleLine } = props;
  useEffect(() => {
    const shown = view.current;
    if (!shown || shown.state.doc.toString() === value) return;
    const head = Math.min(shown.state.selection.main.head, value.length);
    shown.dispatch({
      changes: { from: 0, to: shown.state.doc.length, insert: value },
      selection: { anchor: head },
      annotations: fromOutside.of(true),
    });
  }, [value]);
  useEffect(() => {
    const { current } = changing;
    const next = { extensions, label, placeholder, direction, invalid, describedBy, singleLine };
    if (current) view.current?.dispatch({ effects: current.reconfigure(configured(next)) });
  }, [extensions, label, placeholder, direction, invalid, describedBy, singleLine]);

  return (
    <div
      ref={host}
      className={classes.editor}
      data-invalid={props.invalid || undefined}
      data-single={props.singleLine || undefined}
      data-testid={props.testId}
      style={props.height ? Object.fromEntries([['--code-height', `${props.height}px`]]) : undefined}
    />
  );
}

type Configured = Pick<CodeEditorProps, 'extensions' | 'label' | 'direction'> & {
  placeholder: string | undefined;
  invalid: boolean | undefined;
  describedBy: string | undefined;
  singleLine: boolean | undefined;
};

function configured(props: Partial<Configured> & Pick<Configured, 'extensions' | 'label' | 'direction'>): Extension {
  return [
    props.extensions,
    props.placeholder ? placeholderText(props.placeholder) : [],
    EditorView.perLineTextDirection.of(props.direction === 'auto'),
    EditorView.editorAttributes.of({ dir: props.direction === 'ltr' ? 'ltr' : document.documentElement.dir }),
    EditorView.contentAttributes.of({
      'aria-label': props.label,
      'aria-multiline': props.singleLine ? 'false' : 'true',
      'aria-invalid': props.invalid ? 'true' : 'false',
      ...(props.describedBy ? { 'aria-describedby': props.describedBy } : {}),
    }),
  ];
}
