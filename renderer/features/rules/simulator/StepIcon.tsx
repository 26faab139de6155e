import {
  IconArrowsSplit2,
  IconBell,
  IconBolt,
  IconCalendarEvent,
  IconClockPause,
  IconCpu,
  IconMail,
  IconMathFunction,
  IconPlug,
  IconRepeat,
  IconSparkles,
  IconUserCheck,
  IconWebhook,
} from '@tabler/icons-react';
import type { StepType } from '#shared/resources/automation/step.ts';

const icons: Readonly<Record<StepType, typeof IconMail>> = {
  email: IconMail,
  notification: IconBell,
  meeting: IconCalendarEvent,
  action: IconBolt,
  webhook: IconWebhook,
  approval: IconUserCheck,
  aiDecision: IconSparkles,
  condition: IconArrowsSplit2,
  loop: IconRepeat,
  wait: IconClockPause,
  transform: IconMathFunction,
  runJob: IconCpu,
  pluginAction: IconPlug,
};

/** The sign of a kind of step; its word stands beside it or in the row's own name. */
export function StepIcon({ type, size = 14 }: { type: StepType; size?: number }) {
  const Icon = icons[type];
  return <Icon size={size} aria-hidden="true" />;
}
