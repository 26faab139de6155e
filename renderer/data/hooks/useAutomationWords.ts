import cronstrue from 'cronstrue/i18n.js';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unreachable } from '#shared/kernel/exhaustive.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { ConditionGroup } from '#shared/resources/automation/condition.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { Trigger } from '#shared/resources/automation/trigger.ts';
import { conditionSentence, valueWords } from '../automation/conditionWords.ts';
import { durationText } from '../automation/durationWords.ts';
import type { OutlineWords } from '../automation/stepOutline.ts';
import { useRecordWords } from './useRecordWords.ts';

/** Rules, their parts and their runs in the words of the person's language. */
export interface AutomationWords extends OutlineWords {
  triggerType: (type: Trigger['type']) => string;
  /** A short phrase: "Event payment.failed", "Every Monday at 8". */
  trigger: (trigger: Trigger) => string;
  /** '' without conditions. */
  conditions: (group: ConditionGroup) => string;
  /** Milliseconds as `3 min 20 s`. */
  duration: (milliseconds: number) => string;
  /** A share between 0 and 1. */
  percent: (share: number) => string;
}

const minute = 60_000;

export function useAutomationWords(): AutomationWords {
  const { t, i18n } = useTranslation('automation');
  const words = useRecordWords();
  return useMemo(() => {
    const locale = i18n.language;
    const language = {
      operator: (operator: string) => t(`operator.${operator}`),
      and: t('condition.and'),
      or: t('condition.or'),
      none: (parts: string) => t('condition.none', { parts }),
      yes: words.value('', 'x', true),
      no: words.value('', 'x', false),
      number: words.number,
      listSeparator: words.listSeparator,
    };
    const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
    const duration = (milliseconds: number) =>
      durationText(milliseconds, ({ unit, value }) =>
        new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(
          value,
        ),
      );
    const quoted = (value: Json) => valueWords(value, language);
    const trigger = (one: Trigger): string => {
      switch (one.type) {
        case 'event':
          return t('trigger.event', { pattern: one.pattern });
        case 'record':
          return t(`trigger.record.${one.on}`, { kind: words.kind(one.kind) });
        case 'field_change': {
          const field = words.field(one.kind, one.field);
          const kind = words.kind(one.kind);
          if (one.to !== undefined && one.from !== undefined)
            return t('trigger.fieldFromTo', { kind, field, from: quoted(one.from), to: quoted(one.to) });
          if (one.to !== undefined) return t('trigger.fieldTo', { kind, field, to: quoted(one.to) });
          if (one.from !== undefined) return t('trigger.fieldFrom', { kind, field, from: quoted(one.from) });
          return t('trigger.field', { kind, field });
        }
        case 'date': {
          const field = words.field(one.kind, one.field);
          const kind = words.kind(one.kind);
          if (one.offsetMinutes === 0) return t('trigger.dateAt', { kind, field });
          const time = duration(Math.abs(one.offsetMinutes) * minute);
          return t(one.offsetMinutes < 0 ? 'trigger.dateBefore' : 'trigger.dateAfter', { kind, field, time });
        }
        case 'schedule':
          return t('trigger.schedule', { when: cronSentence(one.cron, locale), zone: one.timeZone });
        case 'webhook':
        case 'manual':
          return t(`trigger.${one.type}`);
        default:
          return unreachable(one);
      }
    };
    return {
      triggerType: (type) => t(`triggerType.${type}`),
      trigger,
      conditions: (group) => conditionSentence(group, language),
      duration,
      percent: (share) => percents.format(share),
      stepKind: (step) => (step.type === 'action' ? t(`action.${step.action}`) : t(`stepType.${step.type}`)),
      stepDetail: (step) => {
        const detail = detailOf(step, {
          t: (key, values = {}) => t(key, values),
          conditions: (group) => conditionSentence(group, language),
          duration,
        });
        const delay = step.delayMinutes > 0 ? t('step.delay', { time: duration(step.delayMinutes * minute) }) : '';
        return [detail, delay].filter((part) => part !== '').join(' · ');
      },
      branch: (step, name) => {
        const option = /^options\.(\d+)\.steps$/.exec(name)?.[1];
        if (option !== undefined && step.type === 'aiDecision') return step.options[Number(option)]?.label ?? name;
        return t(`branch.${name}`);
      },
    };
  }, [t, i18n.language, words]);
}

/** A cron expression in words; itself where it cannot be read. */
function cronSentence(cron: string, locale: string): string {
  try {
    return cronstrue.toString(cron, {
      locale: locale.slice(0, 2),
      use24HourTimeFormat: locale !== 'en',
      verbose: false,
    });
  } catch {
    return cron;
  }
}

interface DetailWords {
  t: (key: string, values?: Record<string, unknown>) => string;
  conditions: (group: ConditionGroup) => string;
  duration: (milliseconds: number) => string;
}

/** What a step does, in one line; templates as they were written. */
function detailOf(step: Step, { t, conditions, duration }: DetailWords): string {
  switch (step.type) {
    case 'email':
    case 'notification':
      return step.to === '' ? '' : t('step.email', { to: step.to, subject: step.subject });
    case 'meeting':
      return t('step.meeting', { title: step.title, time: duration(step.durationMinutes * minute) });
    case 'webhook':
      return `${step.method} ${step.url}`;
    case 'approval':
      return step.question;
    case 'condition':
      return conditions(step.conditions) || t('condition.always');
    case 'loop':
      return t('step.loop', { over: step.over, cap: step.cap });
    case 'aiDecision':
      return step.question;
    case 'transform':
      return Object.keys(step.variables).join(', ');
    case 'runJob':
      return step.job;
    case 'pluginAction':
      return `${step.plugin} · ${step.action}`;
    case 'action':
      return settingsLine(step.settings);
    case 'wait':
      switch (step.until.for) {
        case 'duration':
          return t('step.waitFor', { time: duration(step.until.minutes * minute) });
        case 'date':
          return t('step.waitUntil', { at: step.until.at });
        case 'event':
          return t('step.waitEvent', {
            pattern: step.until.pattern,
            time: duration(step.until.timeoutMinutes * minute),
          });
        default:
          return unreachable(step.until);
      }
    default:
      return unreachable(step);
  }
}

function settingsLine(settings: Record<string, Json>): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}
