import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import formClasses from '../forms/Forms.module.css';
import { useEditor, useEditorStore } from '../model/useEditor.ts';
import { useFieldProblem } from '../model/useProblems.ts';
import { countMentions } from '../steps/stepIds.ts';
import { allSteps } from '../steps/stepTree.ts';
import { useRenameStep } from './useRenameStep.ts';

const idPattern = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** The id by which other steps name this one. Another id asks whether what names it shall go along. */
export function StepIdInput({ step }: { step: Step }) {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const steps = useEditor((state) => state.draft.content.steps);
  const problem = useFieldProblem({ part: 'step', id: step.id }, 'id');
  const rename = useRenameStep();
  const [typed, setTyped] = useState<string>();
  const [asked, setAsked] = useState<{ to: string; count: number }>();
  const id = typed ?? step.id;
  const taken = id !== step.id && allSteps(steps).some((one) => one.id === id);
  const wrong = !idPattern.test(id) ? t('form.idPattern') : taken ? t('form.idTaken') : undefined;

  const settle = () => {
    if (wrong !== undefined || id === step.id) return;
    const { content } = store.getState().draft;
    const count = countMentions([content.steps, content.conditions] as unknown as Json, step.id);
    if (count > 0) setAsked({ to: id, count });
    else rename(step.id, id, false);
  };
  const answer = (mentions: boolean | undefined) => {
    if (asked && mentions !== undefined) rename(step.id, asked.to, mentions);
    else setTyped(undefined);
    setAsked(undefined);
  };
  return (
    <div data-field="id">
      <TextInput
        label={t('form.id')}
        description={t('formHelp.id', { id: step.id })}
        value={id}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={settle}
        onKeyDown={(event) => event.key === 'Enter' && settle()}
        error={wrong ?? problem.error}
        classNames={{ input: formClasses.code }}
        spellCheck={false}
        data-testid="field-id"
      />
      <Modal opened={asked !== undefined} onClose={() => answer(undefined)} title={t('rename.title')} centered>
        <p>{t('rename.text', { count: asked?.count ?? 0, from: step.id, to: asked?.to ?? '' })}</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={() => answer(undefined)}>
            {t('cancel')}
          </Button>
          <Button variant="default" onClick={() => answer(false)}>
            {t('rename.onlyId')}
          </Button>
          <Button data-autofocus data-testid="rename-all" onClick={() => answer(true)}>
            {t('rename.all')}
          </Button>
        </Group>
      </Modal>
    </div>
  );
}
