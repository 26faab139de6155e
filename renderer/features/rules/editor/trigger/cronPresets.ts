/** Schedules to begin with. */
export const cronPresets = [
  { name: 'hourly', cron: '0 * * * *' },
  { name: 'quarterHour', cron: '*/15 * * * *' },
  { name: 'daily', cron: '0 8 * * *' },
  { name: 'workdays', cron: '0 8 * * 1-5' },
  { name: 'weekly', cron: '0 8 * * 1' },
  { name: 'monthly', cron: '0 8 1 * *' },
] as const;
