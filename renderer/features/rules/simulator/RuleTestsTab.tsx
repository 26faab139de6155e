import { ActionIcon, Button, Loader, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconPlayerPlay, IconPlus, IconTestPipe, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleTest } from '#shared/resources/automation/ruleTest.ts';
import { ruleTest } from '#shared/resources/automation/ruleTest.ts';
import type { TestAnswer } from '#renderer/data/simulation/simulationResult.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { Verdict } from './ConditionTree.tsx';
import { ruleOf } from './readSides.ts';
import classes from './Tests.module.css';
import { TestDialog } from './TestDialog.tsx';
import { blankTest, draftOfTest } from './testDraft.ts';
import type { TestDraft } from './testDraft.ts';
import { useDifferenceWords } from './useDifferenceWords.ts';
import { useRuleTests } from './useRuleTests.ts';
import { useTestAnswers } from './useTestAnswers.ts';

/** The saved tests of a rule with what came of each, for the rule as it is here. They run again after every change. */
export function RuleTestsTab({ ruleId }: { ruleId: string }) {
  const { t } = useTranslation('simulator');
  const replica = useReplica();
  const record = useRecord('rule', ruleId)?.record;
  const rule = useMemo(() => record && ruleOf(record), [record]);
  const tests = useRuleTests(ruleId);
  const { answers, run, problem } = useTestAnswers(rule, tests);
  const [draft, setDraft] = useState<TestDraft>();
  const [removing, setRemoving] = useState<RuleTest>();
  if (!rule || !tests) return null;
  const failed = tests.filter((test) => answers?.get(test.id)?.passed === false).length;
  const add = (
    <Button
      variant="default"
      leftSection={<IconPlus size={14} />}
      onClick={() => setDraft(blankTest)}
      data-testid="new-test"
    >
      {t('test.new')}
    </Button>
  );
  const remove = async (test: RuleTest) => {
    setRemoving(undefined);
    const outcome = await replica.remove(ruleTest.kind, test.id);
    if (!outcome.ok) notifications.show({ color: 'red', title: t('test.notRemoved'), message: outcome.error.message });
  };
  return (
    <div className={classes.tab}>
      {tests.length === 0 ? (
        <EmptyState
          icon={<IconTestPipe size={32} />}
          title={t('test.none')}
          description={t('test.noneText')}
          action={add}
        />
      ) : (
        <>
          <div className={classes.head}>
            <p
              className={classes.summary}
              aria-live="polite"
              data-testid="tests-summary"
              data-failed={answers ? failed : undefined}
            >
              {problem !== '' ? (
                <bdi>{problem}</bdi>
              ) : !answers ? (
                t('working')
              ) : failed === 0 ? (
                t('test.allPass', { count: tests.length })
              ) : (
                t('test.someFail', { count: failed, total: tests.length })
              )}
            </p>
            <Button variant="default" leftSection={<IconPlayerPlay size={14} className="mirrored" />} onClick={run}>
              {t('test.run')}
            </Button>
            {add}
          </div>
          <ul className={classes.list}>
            {tests.map((test) => (
              <TestRow
                key={test.id}
                test={test}
                answer={answers?.get(test.id)}
                onEdit={() => setDraft(draftOfTest(test))}
                onRemove={() => setRemoving(test)}
              />
            ))}
          </ul>
        </>
      )}
      {draft && <TestDialog rule={rule} initial={draft} onClose={() => setDraft(undefined)} />}
      {removing && (
        <ReasonDialog
          words={{
            title: t('test.removeTitle', { name: removing.body.name }),
            confirm: t('test.remove'),
            cancel: t('cancel'),
          }}
          reason="none"
          danger
          onConfirm={() => void remove(removing)}
          onClose={() => setRemoving(undefined)}
        >
          <span>{t('test.removeHelp')}</span>
        </ReasonDialog>
      )}
    </div>
  );
}

interface TestRowProps {
  test: RuleTest;
  answer: TestAnswer | undefined;
  onEdit: () => void;
  onRemove: () => void;
}

function TestRow({ test, answer, onEdit, onRemove }: TestRowProps) {
  const { t } = useTranslation('simulator');
  const differences = useDifferenceWords();
  const { name, event, expected } = test.body;
  return (
    <li className={classes.test} data-testid="rule-test" data-passed={answer?.passed}>
      {answer ? <Verdict holds={answer.passed} /> : <Loader size={16} aria-hidden="true" />}
      <div className={classes.words}>
        <p className={classes.name}>
          <bdi>{name}</bdi>
        </p>
        <p className={classes.quiet}>
          <span dir="ltr">
            {event.module}.{event.code}
          </span>{' '}
          · {t(expected.matches ? 'test.expectsRun' : 'test.expectsNoRun')}
          {answer && ` · ${t(answer.passed ? 'test.passed' : 'test.failed')}`}
        </p>
        {answer && answer.differences.length > 0 && (
          <ul className={classes.differences}>
            {answer.differences.map((difference, index) => (
              <li key={index}>{differences(difference, answer.decision, event)}</li>
            ))}
          </ul>
        )}
      </div>
      <div className={classes.acts}>
        <Tooltip label={t('test.edit')}>
          <ActionIcon aria-label={t('test.editNamed', { name })} onClick={onEdit}>
            <IconPencil size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('test.remove')}>
          <ActionIcon aria-label={t('test.removeNamed', { name })} onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
    </li>
  );
}
