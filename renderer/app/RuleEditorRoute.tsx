import { useCallback, useMemo } from 'react';
import { useSearch } from 'wouter';
import { asJsonObject } from '#renderer/data/automation/asJsonObject.ts';
import { useLanguage } from '#renderer/data/hooks/useLanguage.ts';
import { RuleEditorPage } from '#renderer/features/rules/editor/RuleEditorPage.tsx';
import { useDifferenceWords } from '#renderer/features/rules/simulator/useDifferenceWords.ts';
import { useRuleTestsOnSave } from '#renderer/features/rules/simulator/useRuleTestsOnSave.ts';
import { contentOfTemplate, ruleTemplates } from '#shared/domain/automation/catalogue/ruleTemplates.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';

/** The editor of a rule, `?template=` begins a new one with a template; a rule's saved tests run before it is stored. */
export function RuleEditorRoute({ id }: { id: string }) {
  const key = new URLSearchParams(useSearch()).get('template') ?? '';
  const language = useLanguage();
  const template = ruleTemplates.find((one) => one.key === key);
  const initial = useMemo(
    () => (template ? asJsonObject(contentOfTemplate(template, language)) : undefined),
    [template, language],
  );
  const runTests = useRuleTestsOnSave(id === 'new' ? '' : id);
  const difference = useDifferenceWords();
  const beforeSave = useCallback(
    async (body: Rule['body']) =>
      (await runTests(body)).map(({ test, answer, problem }) => ({
        name: test.body.name,
        reason:
          problem ||
          (answer?.differences.map((one) => difference(one, answer.decision, test.body.event)).join(' ') ?? ''),
      })),
    [runTests, difference],
  );
  return <RuleEditorPage key={`${id}/${key}`} id={id} {...(initial ? { initial } : {})} onBeforeSave={beforeSave} />;
}
