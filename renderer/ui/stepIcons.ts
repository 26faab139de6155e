import {
  IconArrowsSplit2,
  IconBolt,
  IconBraces,
  IconBrain,
  IconCalendarEvent,
  IconCalendarTime,
  IconClockHour4,
  IconGavel,
  IconHandClick,
  IconMail,
  IconMessageBolt,
  IconPencilBolt,
  IconPlugConnected,
  IconRepeat,
  IconSettingsAutomation,
  IconTableOptions,
  IconArrowsExchange,
  IconWebhook,
} from '@tabler/icons-react';

type Icon = typeof IconBolt;

/** What stands for a type of step. */
export const stepIcons: Readonly<Record<string, Icon>> = {
  email: IconMail,
  action: IconPencilBolt,
  meeting: IconCalendarEvent,
  wait: IconClockHour4,
  condition: IconArrowsSplit2,
  loop: IconRepeat,
  aiDecision: IconBrain,
  webhook: IconWebhook,
  notification: IconMessageBolt,
  approval: IconGavel,
  transform: IconBraces,
  runJob: IconSettingsAutomation,
  pluginAction: IconPlugConnected,
};

/** What stands for a type of trigger. */
export const triggerIcons: Readonly<Record<string, Icon>> = {
  event: IconBolt,
  record: IconTableOptions,
  field_change: IconArrowsExchange,
  date: IconCalendarTime,
  schedule: IconClockHour4,
  webhook: IconWebhook,
  manual: IconHandClick,
};

export const unknownIcon: Icon = IconBolt;
