import { Button, Group, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { checkDataSchema } from '#shared/domain/automation/events/checkDataSchema.ts';
import { checkEventData } from '#shared/domain/automation/events/checkEventData.ts';
import { isJsonObject, jsonEqual } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { EventType } from '#shared/resources/automation/eventType.ts';
import { asJsonObject } from '#renderer/data/automation/asJsonObject.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { JsonEditor } from '#renderer/ui/JsonEditor.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { useToldText, useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './EventTypes.module.css';
import { FieldTable } from './FieldTable.tsx';
import { ListeningRules } from './ListeningRules.tsx';
import { sampleOf } from './sampleData.ts';
import { nameTwice, rowsOfSchema, schemaOfRows } from './schemaTable.ts';

type Body = EventType['body'];

interface EventTypeFormProps {
  /** undefined = it is being made. */
  record: ReplicaRecord | undefined;
  body: Body;
}

const languages = ['en', 'ar', 'fr'] as const;
const moduleForm = /^[a-z][a-z0-9_]*$/;
const codeForm = /^[a-z][a-z0-9_.]*$/;

/** One entry of the catalogue: what it means, what its data look like, and which rules listen. */
export function EventTypeForm({ record, body }: EventTypeFormProps) {
  const { t } = useTranslation('automation');
  const toldText = useToldText();
  const problemText = useProblemText();
  const replica = useReplica();
  const access = useAccess();
  const [, navigate] = useLocation();
  const [changes, setChanges] = useState<Partial<Body>>({});
  /** Text of the schema while it is typed; undefined = as the schema says. */
  const [schemaText, setSchemaText] = useState<string>();
  const [view, setView] = useState('fields');
  const [saving, setSaving] = useState(false);
  const draft: Body = { ...body, ...changes };
  const set = (part: Partial<Body>) => setChanges((now) => ({ ...now, ...part }));
  const rows = useMemo(() => rowsOfSchema(draft.dataSchema), [draft.dataSchema]);
  const schemaFault = useMemo(() => {
    if (schemaText !== undefined && readObject(schemaText) === undefined) return t('notAnObject');
    const checked = checkDataSchema(draft.dataSchema);
    return checked.ok
      ? undefined
      : t('events.fault', { path: checked.error.path, message: toldText(checked.error.message) });
  }, [draft.dataSchema, schemaText, t, toldText]);
  const twice = rows ? nameTwice(rows) : '';
  const whyNot = access(record ? 'automation.edit' : 'automation.create', record?.record ?? { tenantId: '' });
  const locked = whyNot !== '';
  const dirty = (Object.keys(changes) as (keyof Body)[]).some((name) => !jsonEqual(changes[name], body[name]));
  const named = moduleForm.test(draft.module) && codeForm.test(draft.code);
  const possible = !locked && named && schemaFault === undefined && twice === '' && (dirty || !record);
  const name = `${draft.module}.${draft.code}`;

  const save = async () => {
    setSaving(true);
    const written = asJsonObject(record ? changes : draft);
    const outcome = record
      ? await replica.edit('eventType', record.record.id, { body: written })
      : await replica.create('eventType', '', written);
    setSaving(false);
    if (!outcome.ok) {
      notifications.show({ color: 'red', title: t('failed'), message: problemText(outcome.error) });
      return;
    }
    setChanges({});
    setSchemaText(undefined);
    if (!record) navigate(`/event-types/${encodeURIComponent(outcome.value.id)}`);
  };
  const setSchema = (dataSchema: JsonObject) => {
    setSchemaText(undefined);
    set({ dataSchema });
  };
  return (
    <form
      className={classes.form}
      aria-label={record ? name : t('eventTypes.new')}
      data-testid="event-type-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (possible) void save();
      }}
    >
      <header className={classes.head}>
        <h2 className={classes.title} dir="ltr">
          {record ? name : t('eventTypes.new')}
        </h2>
        {record && (
          <span className={classes.marks}>
            <SyncMark badge={record.badge} />
            <span className={classes.quiet}>
              {t('changed')} <RelativeTime instant={record.record.updatedAt} />
            </span>
          </span>
        )}
        <Switch
          label={t('eventTypes.active')}
          checked={draft.isActive}
          disabled={locked}
          data-testid="event-type-active"
          onChange={(event) => set({ isActive: event.currentTarget.checked })}
        />
      </header>
      {locked && <p className={classes.quiet}>{whyNot}</p>}
      {!record && (
        <Group grow align="flex-start">
          <TextInput
            label={t('eventTypes.module')}
            description={t('eventTypes.moduleHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            dir="ltr"
            value={draft.module}
            error={draft.module !== '' && !moduleForm.test(draft.module) ? t('eventTypes.nameWrong') : undefined}
            data-testid="event-type-module"
            onChange={(event) => set({ module: event.currentTarget.value })}
          />
          <TextInput
            label={t('eventTypes.code')}
            description={t('eventTypes.codeHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            dir="ltr"
            value={draft.code}
            error={draft.code !== '' && !codeForm.test(draft.code) ? t('eventTypes.nameWrong') : undefined}
            data-testid="event-type-code"
            onChange={(event) => set({ code: event.currentTarget.value })}
          />
        </Group>
      )}
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t('eventTypes.descriptions')}</legend>
        {languages.map((language) => (
          <Textarea
            key={language}
            label={t(`language.${language}`)}
            autosize
            minRows={1}
            maxRows={4}
            maxLength={400}
            lang={language}
            dir={language === 'ar' ? 'rtl' : 'ltr'}
            disabled={locked}
            value={draft.description[language]}
            data-testid={`description-${language}`}
            onChange={(event) => set({ description: { ...draft.description, [language]: event.currentTarget.value } })}
          />
        ))}
      </fieldset>
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t('eventTypes.data')}</legend>
        <SegmentedControl
          size="xs"
          className={classes.views}
          aria-label={t('eventTypes.view')}
          data={[
            { value: 'fields', label: t('eventTypes.fields') },
            { value: 'json', label: t('eventTypes.json') },
          ]}
          value={view}
          onChange={setView}
        />
        {view === 'fields' ? (
          rows ? (
            <FieldTable
              rows={rows}
              disabled={locked}
              twice={twice}
              onChange={(next) => setSchema(schemaOfRows(draft.dataSchema, next))}
            />
          ) : (
            <p className={classes.quiet}>{t('eventTypes.noTable')}</p>
          )
        ) : (
          <JsonEditor
            label={t('eventTypes.json')}
            help={t('eventTypes.jsonHelp')}
            value={schemaText ?? JSON.stringify(draft.dataSchema, null, 2)}
            readOnly={locked}
            error={schemaFault}
            data-testid="event-schema"
            onChange={(text) => {
              setSchemaText(text);
              const read = readObject(text);
              if (read) set({ dataSchema: read });
            }}
          />
        )}
        {view === 'fields' && schemaFault !== undefined && <p className={classes.error}>{schemaFault}</p>}
      </fieldset>
      <Sample schema={draft.dataSchema} valid={schemaFault === undefined} disabled={locked} onChange={setSchema} />
      {record && <ListeningRules eventName={name} />}
      <footer className={classes.foot} data-dirty={dirty || undefined}>
        <span className={classes.state} role="status">
          {t(dirty ? 'unsaved' : 'nothingUnsaved')}
        </span>
        <Button
          variant="default"
          disabled={!dirty}
          onClick={() => {
            setChanges({});
            setSchemaText(undefined);
          }}
        >
          {t('undoChanges')}
        </Button>
        <Button type="submit" disabled={!possible} loading={saving} data-testid="save">
          {t('save')}
        </Button>
      </footer>
    </form>
  );
}

interface SampleProps {
  schema: JsonObject;
  /** The schema can be used at all. */
  valid: boolean;
  disabled: boolean;
  onChange: (schema: JsonObject) => void;
}

/** An example of the data, kept in the schema, checked against it. */
function Sample({ schema, valid, disabled, onChange }: SampleProps) {
  const { t } = useTranslation('automation');
  const toldText = useToldText();
  const { examples: _examples, ...bare } = schema;
  const [text, setText] = useState<string>();
  const shown = text ?? JSON.stringify(sampleOf(schema), null, 2);
  const data = readObject(shown);
  const checked = data && valid ? checkEventData(schema, data) : undefined;
  const fault =
    data === undefined
      ? t('notAnObject')
      : checked?.ok === false
        ? t('events.fault', { path: checked.error.path, message: toldText(checked.error.message) })
        : undefined;
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('eventTypes.sample')}</legend>
      <JsonEditor
        label={t('eventTypes.sample')}
        labelled
        help={t('eventTypes.sampleHelp')}
        value={shown}
        readOnly={disabled}
        error={fault}
        onChange={(next) => {
          setText(next);
          const read = readObject(next);
          if (read) onChange({ ...bare, examples: [read] });
        }}
      />
    </fieldset>
  );
}

function readObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
