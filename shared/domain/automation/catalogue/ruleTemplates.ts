import { customerTemplates } from './customerTemplates.ts';
import { operationsTemplates } from './operationsTemplates.ts';
import type { RuleTemplate } from './templateParts.ts';

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
