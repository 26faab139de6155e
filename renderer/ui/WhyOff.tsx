import { Popover, Tooltip } from '@mantine/core';
import type { FocusEvent, KeyboardEvent, ReactElement, Ref } from 'react';
import { cloneElement, useContext, useState } from 'react';
import { WhyContext } from './whyContext.ts';
import classes from './WhyOff.module.css';

interface TargetProps {
  ref?: Ref<HTMLElement>;
  onKeyDown?: (event: KeyboardEvent) => void;
  onMouseEnter?: () => void;
  onMouseLeave?: () => void;
  onFocus?: (event: FocusEvent) => void;
  onBlur?: () => void;
}

interface WhyOffProps {
  /** Why the control is off, in a sentence; '' = it is on. */
  whyNot: string;
  /** The control. `explain` opens the explanation where there is one; for a press while it is off. */
  children: (explain: () => void) => ReactElement<TargetProps>;
}

/**
 * Says why a control is off: the sentence on hover and focus, and how the decision was reached on a press or on Alt+?.
 * The control must be able to take the focus while it is off.
 */
export function WhyOff({ whyNot, children }: WhyOffProps) {
  const explainer = useContext(WhyContext);
  const [opened, setOpened] = useState(false);
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const off = whyNot !== '';
  const explained = off && (explainer?.explains(whyNot) ?? false);
  const control = children(() => explained && setOpened(true));
  return (
    <>
      <Popover
        opened={opened && explained}
        onChange={setOpened}
        width={400}
        position="bottom"
        shadow="md"
        withRoles={explained}
        trapFocus
        returnFocus
        withinPortal
      >
        <Popover.Target>
          {cloneElement(control, {
            ref: setTarget,
            onMouseEnter: () => setPointed(true),
            onMouseLeave: () => setPointed(false),
            // The focus may be on a part of the control; one that came by the pointer says nothing new.
            onFocus: (event) => setFocused(event.target.matches(':focus-visible')),
            onBlur: () => setFocused(false),
            onKeyDown: (event) => {
              if (explained && event.altKey && (event.key === '?' || event.code === 'Slash')) {
                event.preventDefault();
                event.stopPropagation();
                setOpened(true);
              }
            },
          })}
        </Popover.Target>
        <Popover.Dropdown className={classes.dropdown} data-testid="why-off">
          {opened && explained && explainer && <explainer.Explanation sentence={whyNot} />}
        </Popover.Dropdown>
      </Popover>
      {target && (
        <Tooltip
          target={target}
          opened={off && !opened && (pointed || focused)}
          multiline
          maw={320}
          label={
            <>
              {whyNot}
              {explained && <span className={classes.hint}>{explainer?.hint}</span>}
            </>
          }
        />
      )}
    </>
  );
}
