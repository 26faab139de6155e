import { json, jsonParseLinter } from '@codemirror/lang-json';
import { linter } from '@codemirror/lint';
import { Input } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod';
import type { Json } from '#shared/kernel/json.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import { useEditor, useEditorStore } from '../model/useEditor.ts';
import { CodeEditor } from './CodeEditor.tsx';
import classes from './Inputs.module.css';

interface JsonInputProps<Value extends Json> {
  label: string;
  help?: string | undefined;
  value: Value;
  onChange: (value: Value) => void;
  /** Path in the rule's body: text that is no value yet is kept under it. */
  place: string;
  /** A value of the right shape, or a sentence that says what is wrong. */
  read: (parsed: Json) => { value: Value } | { problem: string };
  error?: string | undefined;
  height?: number;
  testId?: string;
}

const extensions = [json(), linter(jsonParseLinter(), { delay: 200 })];

/** A value as JSON. While the text is no value of the right shape it is kept beside the rule, which stays as it was. */
export function JsonInput<Value extends Json>(props: JsonInputProps<Value>) {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const { place, value, read } = props;
  const unfinished = useEditor((state) => state.draft.unfinished[place]);
  const [typed, setTyped] = useState<{ text: string; value: Value }>();
  const describedBy = useId();
  const result = unfinished === undefined ? undefined : readText(unfinished, read, t);
  const error = result && 'problem' in result ? result.problem : props.error;

  // What was typed is shown as it was typed, as long as it means what is stored.
  const written = typed && jsonEqual(typed.value, value) ? typed.text : JSON.stringify(value, null, 2);
  const text = unfinished ?? written;

  const change = (next: string) => {
    const found = readText(next, read, t);
    if ('problem' in found) {
      store.getState().setUnfinished(place, next);
      return;
    }
    setTyped({ text: next, value: found.value });
    store.getState().setUnfinished(place, undefined);
    if (!jsonEqual(found.value, value)) props.onChange(found.value);
  };
  return (
    <div className={classes.field}>
      <Input.Label labelElement="div" className={classes.label}>
        {props.label}
      </Input.Label>
      {props.help && <Input.Description>{props.help}</Input.Description>}
      <CodeEditor
        value={text}
        onChange={change}
        extensions={extensions}
        label={props.label}
        direction="ltr"
        invalid={error !== undefined}
        describedBy={describedBy}
        height={props.height ?? 80}
        {...(props.testId ? { testId: props.testId } : {})}
      />
      <div id={describedBy}>{error && <Input.Error>{error}</Input.Error>}</div>
    </div>
  );
}

/** The value in a text, or what is wrong with it. */
function readText<Value extends Json>(
  text: string,
  read: JsonInputProps<Value>['read'],
  t: TFunction<'rules'>,
): { value: Value } | { problem: string } {
  try {
    return read(z.json().parse(JSON.parse(text)));
  } catch (error) {
    return { problem: t('code.notJson', { message: error instanceof Error ? error.message : String(error) }) };
  }
}
