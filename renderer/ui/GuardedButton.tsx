import { Button } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { WhyOff } from './WhyOff.tsx';

interface GuardedButtonProps extends Pick<
  ButtonProps,
  'size' | 'variant' | 'color' | 'leftSection' | 'rightSection' | 'loading'
> {
  /** Why it cannot be pressed, in a sentence; '' = it can. */
  whyNot: string;
  onClick: () => void;
  children: ReactNode;
  'data-testid'?: string;
}

/** A button that, when it is off, says why: on hover, on focus, and to those who do not see it; pressing it explains. */
export function GuardedButton({ whyNot, onClick, children, ...props }: GuardedButtonProps) {
  const off = whyNot !== '';
  return (
    <WhyOff whyNot={whyNot}>
      {(explain) => (
        <Button
          {...props}
          data-disabled={off || undefined}
          aria-disabled={off || undefined}
          aria-description={off ? whyNot : undefined}
          onClick={(event) => {
            if (!off) onClick();
            else {
              event.preventDefault();
              explain();
            }
          }}
        >
          {children}
        </Button>
      )}
    </WhyOff>
  );
}
