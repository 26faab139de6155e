import type { ConditionGroup } from '../../../resources/automation/condition.ts';
import type { Step } from '../../../resources/automation/step.ts';
import type { Trigger } from '../../../resources/automation/trigger.ts';
import { customerTemplates } from './customerTemplates.ts';
import { operationsTemplates } from './operationsTemplates.ts';

export interface Words {
  en: string;
  ar: string;
  fr: string;
}

/** A rule that ships, for staff to copy and adjust. */
export interface RuleTemplate {
  /** Stays the same for ever. */
  key: string;
  title: Words;
  summary: Words;
  tags: readonly string[];
  trigger: Trigger;
  conditions: ConditionGroup;
  steps: Step[];
}

/** The rules that ship, which staff copy and adjust. */
export const ruleTemplates: readonly RuleTemplate[] = [...customerTemplates, ...operationsTemplates];

/** What a rule made from a template holds; name and description in that language, everything else as it ships. */
export function contentOfTemplate(template: RuleTemplate, language: 'en' | 'ar' | 'fr') {
  return {
    name: template.title[language],
    description: template.summary[language],
    trigger: template.trigger,
    conditions: template.conditions,
    steps: template.steps,
    tags: [...template.tags],
  };
}
