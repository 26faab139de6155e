import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { EditorStore } from './editorStore.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { RecordQuery } from '#renderer/data/replicaApi.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { eventType } from '#shared/resources/automation/eventType.ts';
import type { EventType } from '#shared/resources/automation/eventType.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import type { Trigger } from '#shared/resources/automation/trigger.ts';
import { resourceByKind, resources } from '#shared/resources/registry.ts';
import { allSteps } from '../steps/stepTree.ts';
import type { RuleDraft } from './keptDraft.ts';
import type { EditorKnowledge } from './KnowledgeContext.ts';
import type { RuleContent } from './ruleContent.ts';
import { problemsOf } from './ruleProblems.ts';
import { matchingTypes, ruleVariables } from './ruleVariables.ts';
import { sampleScope } from './sampleScope.ts';

/** Events offered for previews. */
const offeredEvents = 20;

/** What the editor knows beside the draft, live from the replica. */
export function useKnowledgeSources(
  store: EditorStore,
  ruleId: string,
  stored: RuleContent | undefined,
): EditorKnowledge {
  const { t } = useTranslation('rules');
  const words = useRecordWords();
  const draft = useStore(store, (state) => state.draft);
  const checked = useDeferredValue(draft);
  const { content, tenantId } = draft;
  const { trigger, steps, name } = content;

  const typeRows = useRecordList({ kind: 'eventType', limit: 2000 });
  const ruleRows = useRecordList({ kind: 'rule', limit: 2000 });
  const eventTypes = useMemo(() => typeRows.rows.flatMap(({ record }) => parsedType(record)), [typeRows.rows]);
  const rules = useMemo(() => ruleRows.rows.flatMap(({ record }) => parsedRule(record)), [ruleRows.rows]);
  const judge = useCallback(
    (written: RuleDraft) =>
      problemsOf(
        { id: ruleId, ...written },
        { resources, rules, ...(typeRows.state === 'ready' ? { eventTypes } : {}) },
      ),
    [ruleId, rules, eventTypes, typeRows.state],
  );
  const problems = useMemo(() => judge(checked), [judge, checked]);

  const events = useRecordList(eventQuery(trigger, tenantId, eventTypes)).rows;
  const [chosen, setChosen] = useState<string>();
  const event =
    events.find(({ record }) => record.id === chosen)?.record ?? (chosen === undefined ? events[0]?.record : undefined);
  const kinds = useMemo(() => {
    const named = events.flatMap(({ record }) => {
      const kind = record.body['entityType'];
      return typeof kind === 'string' && resourceByKind(kind) ? [kind] : [];
    });
    return [...new Set(named)];
  }, [events]);
  const about = subjectOf(event, trigger);
  const entity = useRecord(about.kind, about.id);
  const anyOfKind = useRecordList({ kind: about.kind, limit: 1 }).rows[0]?.record;
  const record = about.id === '' ? ('kind' in trigger ? anyOfKind : undefined) : entity?.record;
  const tenantOf = event?.tenantId || record?.tenantId || tenantId;
  const namedTenant = useRecord('tenant', tenantOf)?.record;
  const anyTenant = useRecordList({ kind: 'tenant', limit: 1 }).rows[0]?.record;
  const tenant = namedTenant ?? (event ? undefined : anyTenant);
  const [now] = useState(() => new Date().toISOString());

  const variables = useMemo(() => {
    const sources = { trigger, steps, eventTypes, kinds, resourceOf: resourceByKind };
    const said = {
      field: words.field,
      fixed: (path: string) => t(`variable.${path}`, ''),
      stepOutput: (step: string) => t('variable.stepOutput', { step }),
      calculated: (step: string) => t('variable.calculated', { step }),
    };
    return (stepId: string) => ruleVariables({ ...sources, stepId }, said);
  }, [trigger, steps, eventTypes, kinds, words.field, t]);

  const type = useMemo(
    () => (trigger.type === 'event' ? matchingTypes(trigger.pattern, eventTypes)[0] : undefined),
    [trigger, eventTypes],
  );
  const view = useMemo(
    () =>
      sampleScope({
        stored: event,
        type,
        record: record ?? null,
        tenant: tenant ?? null,
        rule: { id: ruleId, name },
        now,
      }),
    [event, type, record, tenant, ruleId, name, now],
  );
  const storedStepIds = useMemo(() => new Set(stored ? allSteps(stored.steps).map((step) => step.id) : []), [stored]);
  return useMemo(
    () => ({
      ruleId,
      eventTypes,
      problems,
      judge,
      variables,
      storedStepIds,
      sample: {
        view,
        eventId: event?.id ?? '',
        events: events.map((row) => row.record),
        choose: setChosen,
      },
    }),
    [ruleId, eventTypes, problems, judge, variables, storedStepIds, view, event, events],
  );
}

function parsedType(record: RecordEnvelope): EventType[] {
  const body = eventType.body.safeParse(record.body);
  return body.success ? [{ ...record, kind: 'eventType', body: body.data }] : [];
}

function parsedRule(record: RecordEnvelope): Rule[] {
  const body = rule.body.safeParse(record.body);
  return body.success ? [{ ...record, kind: 'rule', body: body.data }] : [];
}

/** The newest events that the trigger would have heard of. */
function eventQuery(trigger: Trigger, tenantId: string, types: readonly EventType[]): RecordQuery {
  const matching = trigger.type === 'event' ? matchingTypes(trigger.pattern, types) : [];
  const modules = [...new Set(matching.map((type) => type.body.module))];
  const codes = [...new Set(matching.map((type) => type.body.code))];
  return {
    kind: 'event',
    ...(tenantId === '' ? {} : { tenantId }),
    filters: [
      { path: 'body.module', operator: 'in', value: modules },
      { path: 'body.code', operator: 'in', value: codes },
    ],
    sort: [{ path: 'createdAt', descending: true }],
    limit: offeredEvents,
  };
}

/** The record an event is about; for triggers of records their kind. */
function subjectOf(event: RecordEnvelope | undefined, trigger: Trigger): { kind: string; id: string } {
  const kind = event?.body['entityType'];
  const id = event?.body['entityId'];
  if (typeof kind === 'string' && typeof id === 'string' && resourceByKind(kind)) return { kind, id };
  return 'kind' in trigger && resourceByKind(trigger.kind)
    ? { kind: trigger.kind, id: '' }
    : { kind: 'tenant', id: '' };
}
