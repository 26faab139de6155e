import { Button, Tooltip } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface GuardedButtonProps extends Pick<ButtonProps, 'size' | 'variant' | 'color' | 'leftSection' | 'loading'> {
  /** Why it cannot be pressed, in a sentence; '' = it can. */
  whyNot: string;
  onClick: () => void;
  children: ReactNode;
  'data-testid'?: string;
}

/** A button that, when it is off, says why: on hover, on focus, and to those who do not see it. */
export function GuardedButton({ whyNot, onClick, children, ...props }: GuardedButtonProps) {
  const off = whyNot !== '';
  return (
    <Tooltip label={whyNot} disabled={!off} multiline maw={320}>
      <Button
        {...props}
        data-disabled={off || undefined}
        aria-disabled={off || undefined}
        aria-description={off ? whyNot : undefined}
        onClick={(event) => (off ? event.preventDefault() : onClick())}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
