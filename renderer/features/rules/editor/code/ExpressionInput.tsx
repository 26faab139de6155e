import { autocompletion } from '@codemirror/autocomplete';
import { linter } from '@codemirror/lint';
import { Input } from '@mantine/core';
import { useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToldText } from '#renderer/ui/problems/useProblemText.ts';
import { evaluateExpression, parseExpression } from '#shared/domain/automation/values/evaluateExpression.ts';
import type { ScopeView } from '#shared/domain/automation/scope.ts';
import { useKnowledge } from '../model/KnowledgeContext.ts';
import { CodeEditor } from './CodeEditor.tsx';
import classes from './Inputs.module.css';
import { jsonataLanguage } from './jsonataLanguage.ts';
import { useCodeWords } from './useCodeWords.ts';
import { jsonataCompletion } from './variableCompletion.ts';

interface ExpressionInputProps {
  label: string;
  help?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  stepId: string;
  error?: string | undefined;
  warning?: string | undefined;
  required?: boolean;
  /** What previews read; the editor's sample where it is not given. */
  view?: ScopeView;
  testId?: string;
}

/** A JSONata expression, with what it gives for the chosen sample. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { label, value, onChange, stepId } = props;
  const knowledge = useKnowledge();
  const words = useCodeWords();
  const toldText = useToldText();
  const describedBy = useId();
  const extensions = useMemo(() => {
    const variables = knowledge.variables(stepId);
    return [
      jsonataLanguage,
      autocompletion({ icons: false, override: [jsonataCompletion(() => variables, words)] }),
      linter(
        ({ state }) => {
          const source = state.doc.toString();
          const parsed = source.trim() === '' ? undefined : parseExpression(source);
          if (!parsed || parsed.ok) return [];
          const from = Math.max(0, Math.min(source.length - 1, parsed.error.position - 1));
          return [
            { from, to: Math.min(source.length, from + 1), severity: 'error', message: toldText(parsed.error.message) },
          ];
        },
        { delay: 250 },
      ),
    ];
  }, [knowledge, stepId, words, toldText]);
  return (
    <div className={classes.field}>
      <Input.Label required={props.required ?? false} labelElement="div" className={classes.label}>
        {label}
      </Input.Label>
      {props.help && <Input.Description>{props.help}</Input.Description>}
      <CodeEditor
        value={value}
        onChange={onChange}
        extensions={extensions}
        label={label}
        direction="ltr"
        invalid={props.error !== undefined}
        describedBy={describedBy}
        {...(props.testId ? { testId: props.testId } : {})}
      />
      <div id={describedBy}>
        {props.error && <Input.Error>{props.error}</Input.Error>}
        {!props.error && props.warning && <p className={classes.warning}>{props.warning}</p>}
      </div>
      <ExpressionResult source={value} view={props.view ?? knowledge.sample.view} />
    </div>
  );
}

/** What an expression gives, or why it gives nothing. */
function ExpressionResult({ source, view }: { source: string; view: ScopeView }) {
  const { t } = useTranslation('rules');
  const toldText = useToldText();
  const [shown, setShown] = useState<{ source: string; text: string; failed: boolean }>();
  useEffect(() => {
    if (source.trim() === '') return undefined;
    let over = false;
    const timer = setTimeout(() => {
      void evaluate();
    }, 150);
    const evaluate = async () => {
      const result = await evaluateExpression(source, view, { clock: () => performance.now() });
      if (over) return;
      const text = result.ok ? JSON.stringify(result.value) : toldText(result.error.message);
      setShown({ source, text, failed: !result.ok });
    };
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [source, view, toldText]);
  if (!shown || shown.source !== source) return null;
  return (
    <figure className={classes.preview}>
      <figcaption className={classes.previewName}>{t('code.result')}</figcaption>
      <output
        className={classes.rendered}
        data-failed={shown.failed || undefined}
        dir="ltr"
        data-testid="expression-result"
      >
        {shown.text === 'null' ? <span className={classes.quiet}>{t('code.nothing')}</span> : shown.text}
      </output>
    </figure>
  );
}
