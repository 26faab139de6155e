import { Badge, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ruleTemplates } from '#shared/domain/automation/catalogue/ruleTemplates.ts';
import type { RuleTemplate } from '#shared/domain/automation/catalogue/ruleTemplates.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { useLanguage } from '#renderer/data/hooks/useLanguage.ts';
import { stepIcons, triggerIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import classes from '../Rules.module.css';
import { TemplatePreview } from './TemplatePreview.tsx';

/** The path of the editor with a template filled in. */
function templatePath(key: string): string {
  return `/rules/new?template=${encodeURIComponent(key)}`;
}

/** Every ready rule as a card: what sets it off, what it does, and the way to one of your own. */
export function TemplateCards() {
  const { t } = useTranslation('automation');
  const access = useAccess();
  const [, navigate] = useLocation();
  const [shown, setShown] = useState<RuleTemplate>();
  const whyNot = access('automation.create');
  const use = (template: RuleTemplate) => navigate(templatePath(template.key));
  return (
    <>
      <ul className={classes.gallery} aria-label={t('templates.title')}>
        {ruleTemplates.map((template) => (
          <TemplateCard
            key={template.key}
            template={template}
            whyNot={whyNot}
            onPreview={() => setShown(template)}
            onUse={() => use(template)}
          />
        ))}
      </ul>
      {shown && (
        <TemplatePreview
          template={shown}
          whyNot={whyNot}
          onUse={() => use(shown)}
          onClose={() => setShown(undefined)}
        />
      )}
    </>
  );
}

interface TemplateCardProps {
  template: RuleTemplate;
  whyNot: string;
  onPreview: () => void;
  onUse: () => void;
}

function TemplateCard({ template, whyNot, onPreview, onUse }: TemplateCardProps) {
  const { t } = useTranslation('automation');
  const words = useAutomationWords();
  const language = useLanguage();
  const title = template.title[language];
  const Trigger = triggerIcons[template.trigger.type] ?? unknownIcon;
  return (
    <li className={classes.card} data-testid={`template-${template.key}`}>
      <h2 className={classes.cardTitle}>
        <bdi>{title}</bdi>
      </h2>
      <p className={classes.cardText} dir="auto">
        {template.summary[language]}
      </p>
      <span className={classes.trigger}>
        <Trigger size={14} aria-hidden="true" />
        <span>{words.trigger(template.trigger)}</span>
      </span>
      <div className={classes.steps}>
        {template.steps.map((step) => {
          const Icon = stepIcons[step.type] ?? unknownIcon;
          return (
            <span key={step.id} className={classes.stepIcon} title={step.name} role="img" aria-label={step.name}>
              <Icon size={14} />
            </span>
          );
        })}
        <span className={classes.quiet}>{t('templates.steps', { count: template.steps.length })}</span>
      </div>
      <div className={classes.cardFoot}>
        {template.tags.slice(0, 2).map((tag) => (
          <Badge key={tag} size="sm" variant="light" color="gray">
            {tag}
          </Badge>
        ))}
        <span className={classes.spread} />
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={`${t('templates.preview')}: ${title}`}
          onClick={onPreview}
        >
          {t('templates.preview')}
        </Button>
        <GuardedButton
          size="compact-sm"
          variant="light"
          whyNot={whyNot}
          data-testid={`use-${template.key}`}
          onClick={onUse}
        >
          {t('templates.use')}
        </GuardedButton>
      </div>
    </li>
  );
}
