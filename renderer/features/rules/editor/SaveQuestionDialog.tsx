import { Button, Group, Modal, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Editor.module.css';
import { useEditorStore } from './model/useEditor.ts';
import type { EditorProblem } from './model/ruleProblems.ts';
import { useProblemPlaceWords, useProblemWords } from './model/useProblems.ts';
import type { SaveRule } from './model/useSaveRule.ts';

/** Why the rule was not stored yet, where it is, and what can be done. */
export function SaveQuestionDialog({ save }: { save: SaveRule }) {
  const { t } = useTranslation('rules');
  const { question } = save;
  const about = question?.about ?? 'structure';
  const count = question ? (question.about === 'tests' ? question.failed.length : question.problems.length) : 0;
  return (
    <Modal opened={question !== undefined} onClose={save.close} title={t(`save.${about}.title`)} centered size="lg">
      <p className={classes.prose}>{t(`save.${about}.text`, { count })}</p>
      {question?.about === 'tests' ? (
        <ul className={classes.failed}>
          {question.failed.map((test) => (
            <li key={test.name}>
              <b>{test.name}</b>
              <span className={classes.quiet}>{test.reason}</span>
            </li>
          ))}
        </ul>
      ) : (
        <ProblemList problems={question?.problems ?? []} onJump={save.close} />
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" data-testid="save-back" onClick={save.close}>
          {t('save.back')}
        </Button>
        {about === 'active' && (
          <Button data-autofocus data-testid="save-paused" onClick={save.savePaused}>
            {t('save.paused')}
          </Button>
        )}
        {about === 'tests' && (
          <Button color="orange" data-testid="save-anyway" onClick={save.saveAnyway}>
            {t('save.anyway')}
          </Button>
        )}
      </Group>
    </Modal>
  );
}

/** Problems with where they are; each leads there. */
export function ProblemList({ problems, onJump }: { problems: readonly EditorProblem[]; onJump: () => void }) {
  const store = useEditorStore();
  const words = useProblemWords();
  const place = useProblemPlaceWords();
  return (
    <ul className={classes.problemList}>
      {problems.map((problem, index) => (
        <li key={`${problem.path}/${problem.code}/${String(index)}`}>
          <UnstyledButton
            className={classes.problem}
            data-severity={problem.severity}
            onClick={() => {
              onJump();
              // Once a dialog gave the keyboard back.
              requestAnimationFrame(() => store.getState().select(problem.selection, problem.field || 'name'));
            }}
          >
            <span className={classes.problemPlace}>{place(problem)}</span>
            <span className={classes.problemText}>{words(problem)}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
