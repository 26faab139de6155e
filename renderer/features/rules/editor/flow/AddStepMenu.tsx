import { Menu } from '@mantine/core';
import { IconClipboard } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { stepIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import { useEditor } from '../model/useEditor.ts';
import { useStepActions } from '../model/useStepActions.ts';
import { stepTypeGroups } from '../steps/newStep.ts';
import type { Slot } from '../steps/stepTree.ts';
import classes from './AddStepMenu.module.css';

/** The types of steps to choose from, for one place. `children` is the button that opens it. */
export function AddStepMenu({ slot, children }: { slot: Slot; children: ReactElement }) {
  const { t } = useTranslation(['rules', 'automation']);
  const actions = useStepActions();
  const clipboard = useEditor((state) => state.clipboard);
  return (
    <Menu position="bottom" shadow="md" width={400} withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <div className={classes.groups}>
          {clipboard && (
            <Menu.Item
              className={classes.wide}
              leftSection={<IconClipboard size={16} aria-hidden="true" />}
              onClick={() => actions.paste(slot)}
            >
              {t('step.pasteNamed', { name: clipboard.name })}
            </Menu.Item>
          )}
          {stepTypeGroups.map((group) => (
            <div key={group.name} className={classes.group}>
              <Menu.Label>{t(`stepGroup.${group.name}`)}</Menu.Label>
              {group.types.map((type) => {
                const Icon = stepIcons[type] ?? unknownIcon;
                return (
                  <Menu.Item
                    key={type}
                    leftSection={<Icon size={16} aria-hidden="true" />}
                    data-testid={`add-${type}`}
                    onClick={() => actions.add(type, slot)}
                  >
                    {t(`automation:stepType.${type}`)}
                  </Menu.Item>
                );
              })}
            </div>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
