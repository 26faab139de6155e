import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../i18n.ts';

/** Chooses the language; each is named in itself. */
export function LanguageMenu({ compact = false }: { compact?: boolean }) {
  const { t, i18n } = useTranslation('shell');
  const icon = <IconLanguage size={16} />;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        {compact ? (
          <ActionIcon aria-label={t('language')} data-testid="language">
            {icon}
          </ActionIcon>
        ) : (
          <Button variant="subtle" color="gray" size="compact-xs" leftSection={icon} data-testid="language">
            {t('language')}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            data-testid={`language-${one}`}
            rightSection={i18n.language === one ? <IconCheck size={14} /> : undefined}
            onClick={() => void i18n.changeLanguage(one)}
          >
            {languageNames[one]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
