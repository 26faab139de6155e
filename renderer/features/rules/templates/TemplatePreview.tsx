import { Button, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleTemplate } from '#shared/domain/automation/catalogue/ruleTemplates.ts';
import { useLanguage } from '#renderer/data/hooks/useLanguage.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { RuleLogic } from '../page/RuleLogic.tsx';
import classes from '../Rules.module.css';

interface TemplatePreviewProps {
  template: RuleTemplate;
  whyNot: string;
  onUse: () => void;
  onClose: () => void;
}

/** A ready rule, read whole before it is used. */
export function TemplatePreview({ template, whyNot, onUse, onClose }: TemplatePreviewProps) {
  const { t } = useTranslation('automation');
  const language = useLanguage();
  return (
    <Modal opened onClose={onClose} title={template.title[language]} size="lg" centered>
      <Stack gap="lg">
        <p className={classes.prose} dir="auto">
          {template.summary[language]}
        </p>
        <RuleLogic trigger={template.trigger} conditions={template.conditions} steps={template.steps} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('close')}
          </Button>
          <GuardedButton whyNot={whyNot} data-testid="use-template" onClick={onUse}>
            {t('templates.use')}
          </GuardedButton>
        </Group>
      </Stack>
    </Modal>
  );
}
