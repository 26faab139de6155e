import { Menu } from '@mantine/core';
import type { MenuItemProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { WhyOff } from './WhyOff.tsx';

interface GuardedMenuItemProps extends Pick<MenuItemProps, 'leftSection' | 'color'> {
  /** Why it cannot be chosen, in a sentence; '' = it can. */
  whyNot: string;
  onClick: () => void;
  children: ReactNode;
  'data-testid'?: string;
}

/** An item of a menu that, when it is off, says why as `GuardedButton` does; the menu stays open then. */
export function GuardedMenuItem({ whyNot, onClick, children, ...props }: GuardedMenuItemProps) {
  const off = whyNot !== '';
  return (
    <WhyOff whyNot={whyNot}>
      {(explain) => (
        <Menu.Item
          {...props}
          data-disabled={off || undefined}
          aria-disabled={off || undefined}
          aria-description={off ? whyNot : undefined}
          closeMenuOnClick={!off}
          onClick={() => (off ? explain() : onClick())}
        >
          {children}
        </Menu.Item>
      )}
    </WhyOff>
  );
}
