import {
  ActionIcon,
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  SegmentedControl,
  Select,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { ruleTest } from '#shared/resources/automation/ruleTest.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { EventForm } from './EventForm.tsx';
import classes from './Tests.module.css';
import { bodyOfDraft, stepChoices } from './testDraft.ts';
import type { TestDraft } from './testDraft.ts';

interface TestDialogProps {
  rule: Rule;
  initial: TestDraft;
  onClose: () => void;
}

/** Writes a test of a rule: the event, and what must come of it. */
export function TestDialog({ rule, initial, onClose }: TestDialogProps) {
  const { t } = useTranslation('simulator');
  const problemText = useProblemText();
  const replica = useReplica();
  const [draft, setDraft] = useState(initial);
  const [problem, setProblem] = useState('');
  const choices = stepChoices(rule.body.steps);
  const change = (part: Partial<TestDraft>) => setDraft((before) => ({ ...before, ...part }));
  const changeRender = (index: number, part: Partial<TestDraft['renders'][number]>) =>
    change({ renders: draft.renders.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  const isReady = draft.name.trim() !== '' && draft.event.code !== '';
  const save = async () => {
    const body = { ...bodyOfDraft(draft, rule.id) } as JsonObject;
    const outcome =
      draft.id === ''
        ? await replica.create(ruleTest.kind, rule.tenantId, body)
        : await replica.edit(ruleTest.kind, draft.id, { body });
    if (outcome.ok) onClose();
    else setProblem(problemText(outcome.error));
  };
  return (
    <Modal opened onClose={onClose} title={t(draft.id === '' ? 'test.new' : 'test.edit')} size="lg" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void save();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('test.name')}
            value={draft.name}
            onChange={({ currentTarget }) => change({ name: currentTarget.value })}
            maxLength={200}
            withAsterisk
            data-autofocus
            data-testid="test-name"
          />
          <details className={classes.event} open={initial.event.code === ''}>
            <summary>
              {t('test.event')}{' '}
              <code dir="ltr">{draft.event.code === '' ? '' : `${draft.event.module}.${draft.event.code}`}</code>
            </summary>
            <div className={classes.eventForm}>
              <EventForm event={draft.event} onChange={(event) => change({ event })} />
            </div>
          </details>
          <div>
            <p className={classes.label}>{t('test.expects')}</p>
            <SegmentedControl
              size="xs"
              value={draft.matches ? 'yes' : 'no'}
              onChange={(value) => change({ matches: value === 'yes' })}
              data={[
                { value: 'yes', label: t('test.runs') },
                { value: 'no', label: t('test.runsNot') },
              ]}
              aria-label={t('test.expects')}
            />
          </div>
          {draft.matches && (
            <>
              <Checkbox
                label={t('test.checkSteps')}
                checked={draft.steps !== undefined}
                onChange={({ currentTarget }) =>
                  change({ steps: currentTarget.checked ? (initial.steps ?? []) : undefined })
                }
              />
              {draft.steps && (
                <TagsInput
                  label={t('test.steps')}
                  description={t('test.stepsHelp')}
                  data={choices.map(({ value }) => value)}
                  value={draft.steps}
                  onChange={(steps) => change({ steps })}
                  allowDuplicates
                  dir="ltr"
                />
              )}
              <div>
                <p className={classes.label}>{t('test.texts')}</p>
                {draft.renders.map((render, index) => (
                  <div key={index} className={classes.render}>
                    <Select
                      aria-label={t('test.step')}
                      placeholder={t('test.step')}
                      data={choices}
                      value={render.stepId === '' ? null : render.stepId}
                      onChange={(stepId) => changeRender(index, { stepId: stepId ?? '' })}
                    />
                    <TextInput
                      aria-label={t('test.contains')}
                      placeholder={t('test.contains')}
                      value={render.contains}
                      onChange={({ currentTarget }) => changeRender(index, { contains: currentTarget.value })}
                      dir="auto"
                    />
                    <ActionIcon
                      aria-label={t('test.removeText')}
                      onClick={() => change({ renders: draft.renders.filter((_, at) => at !== index) })}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </div>
                ))}
                <Button
                  variant="subtle"
                  size="compact-xs"
                  leftSection={<IconPlus size={14} />}
                  onClick={() => change({ renders: [...draft.renders, { stepId: '', contains: '' }] })}
                >
                  {t('test.addText')}
                </Button>
              </div>
            </>
          )}
          {problem !== '' && <Alert color="red">{problem}</Alert>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!isReady} data-testid="test-confirm">
              {t('test.keep')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
