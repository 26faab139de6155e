import { autocompletion } from '@codemirror/autocomplete';
import { closePercentBrace, liquid } from '@codemirror/lang-liquid';
import { linter } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import { Input } from '@mantine/core';
import { useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useToldText } from '#renderer/ui/problems/useProblemText.ts';
import { useKnowledge } from '../model/KnowledgeContext.ts';
import { CodeEditor } from './CodeEditor.tsx';
import { templateMarks } from './templateLint.ts';
import { TemplatePreview } from './TemplatePreview.tsx';
import { useCodeWords } from './useCodeWords.ts';
import { VariableMenu } from './VariableMenu.tsx';
import classes from './Inputs.module.css';
import { completionsUnder } from './variableCompletion.ts';

interface TemplateInputProps {
  label: string;
  help?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  /** The step it belongs to: its variables are those known before it. */
  stepId: string;
  error?: string | undefined;
  warning?: string | undefined;
  required?: boolean;
  multiline?: boolean;
  /** What is written is HTML: outputs are escaped, and the preview shows the page. */
  format?: 'text' | 'html';
  placeholder?: string;
  testId?: string;
}

/** A text with Liquid in it: variables are completed and checked, and what comes out is shown below. */
export function TemplateInput(props: TemplateInputProps) {
  const { t } = useTranslation('rules');
  const { label, value, onChange, stepId, multiline = false, format = 'text' } = props;
  const knowledge = useKnowledge();
  const words = useCodeWords();
  const toldText = useToldText();
  const view = useRef<EditorView>(undefined);
  const describedBy = useId();
  const variables = useMemo(() => knowledge.variables(stepId), [knowledge, stepId]);
  const extensions = useMemo(
    () => [
      liquid({
        variables: completionsUnder(variables, [], words),
        properties: (path) => completionsUnder(variables, path, words),
      }),
      closePercentBrace,
      autocompletion({ icons: false, maxRenderedOptions: 60 }),
      linter(
        ({ state }) =>
          templateMarks(state.doc.toString(), variables).map(({ from, to, kind, text }) => ({
            from,
            to,
            severity: kind === 'error' ? ('error' as const) : ('warning' as const),
            message: kind === 'error' ? toldText(text) : words.unknown(text),
          })),
        { delay: 250 },
      ),
    ],
    [variables, words, toldText],
  );
  const insert = (path: string) => {
    const shown = view.current;
    if (!shown) return;
    shown.dispatch(shown.state.replaceSelection(`{{ ${path} }}`));
    shown.focus();
  };
  return (
    <div className={classes.field}>
      <div className={classes.labelRow}>
        <Input.Label required={props.required ?? false} labelElement="div" className={classes.label}>
          {label}
        </Input.Label>
        <VariableMenu variables={variables} label={t('code.insertInto', { field: label })} onChoose={insert} />
      </div>
      {props.help && <Input.Description>{props.help}</Input.Description>}
      <CodeEditor
        value={value}
        onChange={onChange}
        extensions={extensions}
        label={label}
        singleLine={!multiline}
        direction="auto"
        invalid={props.error !== undefined}
        describedBy={describedBy}
        onView={(made) => {
          view.current = made;
        }}
        {...(multiline ? { height: 150 } : {})}
        {...(props.placeholder ? { placeholder: props.placeholder } : {})}
        {...(props.testId ? { testId: props.testId } : {})}
      />
      <div id={describedBy}>
        {props.error && <Input.Error>{props.error}</Input.Error>}
        {!props.error && props.warning && <p className={classes.warning}>{props.warning}</p>}
      </div>
      <TemplatePreview source={value} format={format} label={label} large={multiline} />
    </div>
  );
}
