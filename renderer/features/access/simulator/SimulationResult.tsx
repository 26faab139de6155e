import { Button, Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangleFilled, IconDownload, IconMoodSmile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isDangerous } from '#shared/domain/access/permissionCatalogue.ts';
import type { ChangedUse, SimulatedPerson, Simulation } from '#shared/domain/access/simulateRoleChange.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import access from '../Access.module.css';
import { useTenantWords } from '../role/useTenantWords.ts';
import { useAccessWords } from '../useAccessWords.ts';
import { simulationCsv } from './simulationCsv.ts';
import classes from './Simulator.module.css';

interface SimulationResultProps {
  simulation: Simulation;
  roleName: string;
  /** False: nothing recorded was replayed, only what people hold was compared. */
  withUses: boolean;
}

/** Permissions named per person and direction; the file has all of them. */
const named = 6;

/** Who would lose or gain what, and how often they used it. */
export function SimulationResult({ simulation, roleName, withUses }: SimulationResultProps) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const { people, holders, decisions } = simulation;
  const losing = people.filter((person) => person.refused.length > 0).length;
  const save = async () => {
    const text = simulationCsv(simulation, (id) => (id === '' ? t('platform') : words.name('tenant', id)));
    try {
      const saved = await window.steward.file.saveText({
        suggestedName: `role-simulation-${new Date().toISOString().slice(0, 10)}.csv`,
        mimeType: 'text/csv',
        text,
      });
      if (saved) notifications.show({ message: t('simulator.saved', { path: `\u2068${saved.path}\u2069` }) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', title: t('failed'), message });
    }
  };
  return (
    <section className={classes.result} aria-label={t('simulator.result')} data-testid="simulation-result">
      <div className={classes.resultHead}>
        <div>
          <h2>{t('simulator.summary', { count: people.length, role: roleName })}</h2>
          <p className={classes.quiet}>
            {t('simulator.holders', { count: holders })}{' '}
            {withUses ? t('simulator.decisions', { count: decisions }) : t('simulator.withoutUses')}{' '}
            {withUses && t('simulator.losing', { count: losing })}
          </p>
        </div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={people.length === 0}
          data-testid="save-simulation"
          onClick={() => void save()}
        >
          {t('simulator.csv')}
        </Button>
      </div>
      {people.length === 0 ? (
        <EmptyState
          icon={<IconMoodSmile size={32} />}
          title={t('simulator.nobody')}
          description={t('simulator.nobodyText')}
        />
      ) : (
        people.map((person) => <Person key={person.staffId} person={person} />)
      )}
    </section>
  );
}

function Person({ person }: { person: SimulatedPerson }) {
  const { t } = useTranslation('access');
  const accessWords = useAccessWords();
  const shifts = (['lost', 'gained'] as const).filter((change) => person[change].length > 0);
  return (
    <article className={classes.person} data-testid={`simulated-${person.staffId}`}>
      <h3>
        <Link href={`/staff/${encodeURIComponent(person.staffId)}/access`} className={access.link}>
          <bdi>{person.name}</bdi>
        </Link>
      </h3>
      {shifts.map((change) => (
        <p key={change} className={classes.shifts}>
          <span data-change={change}>{t(`simulator.${change}`, { count: person[change].length })}</span>
          {person[change].slice(0, named).map(({ permission, extent }) => (
            <span key={permission} className={classes.chip} data-change={change} title={permission}>
              {isDangerous(permission) && <IconAlertTriangleFilled size={10} aria-label={t('matrix.dangerous')} />}
              {accessWords.permission(permission)}
              {extent === 'part' && ` (${t('simulator.inPart')})`}
            </span>
          ))}
          {person[change].length > named && <span className={classes.quiet}>+{person[change].length - named}</span>}
        </p>
      ))}
      {person.fields.length > 0 && (
        <p className={classes.shifts}>
          <span>{t('save.fields', { count: person.fields.length })}</span>
          {person.fields.slice(0, named).map((one) => (
            <span key={`${one.resource}.${one.field}`} className={classes.chip}>
              {t('compare.field', {
                resource: accessWords.resource(one.resource),
                field: accessWords.field(one.resource, one.field),
                before: t(`fields.use.${one.before}`),
                after: t(`fields.use.${one.after}`),
              })}
            </span>
          ))}
        </p>
      )}
      {person.refused.length > 0 && <Uses title={t('simulator.refused')} uses={person.refused} />}
      {person.allowed.length > 0 && <Uses title={t('simulator.allowed')} uses={person.allowed} />}
    </article>
  );
}

function Uses({ title, uses }: { title: string; uses: readonly ChangedUse[] }) {
  const { t } = useTranslation('access');
  const words = useRecordWords();
  const accessWords = useAccessWords();
  const tenants = useTenantWords();
  return (
    <Table verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{title}</Table.Th>
          <Table.Th className={access.number}>{t('simulator.times')}</Table.Th>
          <Table.Th>{t('simulator.last')}</Table.Th>
          <Table.Th>{t('role.tenants')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {uses.map((use) => (
          <Table.Tr key={use.permission}>
            <Table.Td>{accessWords.permission(use.permission)}</Table.Td>
            <Table.Td className={access.number}>{words.number(use.count)}</Table.Td>
            <Table.Td>{words.day(use.lastDay, 'full')}</Table.Td>
            <Table.Td>{tenants(use.tenants)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
