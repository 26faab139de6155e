import { DirectionProvider, MantineProvider, mergeThemeOverrides, useDirection } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf } from './i18n.ts';
import { cssVariables, theme } from './theme.ts';

/** Theme, direction and notifications, above everything that is drawn. */
export function Providers({ children }: { children: ReactNode }) {
  const { t } = useTranslation('shell');
  const close = t('close');
  // Every dialog closes by a button without text, which has to have a name all the same.
  const named = useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': close } };
    return mergeThemeOverrides(theme, {
      components: { Modal: { defaultProps }, Drawer: { defaultProps }, Notification: { defaultProps } },
    });
  }, [close]);
  return (
    <DirectionProvider>
      <MantineProvider theme={named} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <FollowLanguage />
        <Notifications position="bottom-center" autoClose={6000} />
        {children}
      </MantineProvider>
    </DirectionProvider>
  );
}

function FollowLanguage() {
  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  const direction = directionOf(i18n.language);
  useEffect(() => setDirection(direction), [direction, setDirection]);
  return null;
}
