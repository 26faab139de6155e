import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

const evidence = z.object({
  /** Values of the metric over time, oldest first. */
  series: z.array(z.object({ at: z.string(), value: z.number() })).max(1000),
  samples: z.array(z.object({ kind: z.string(), id: z.string() })).max(100),
});

/** Something a detector noticed that a person should judge. */
export const anomaly = defineResource({
  kind: 'anomaly',
  collection: 'health',
  permission: 'anomalies',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    title: field.text({ min: 1 }),
    type: field.choice(['performance', 'security', 'data_integrity', 'compliance', 'business_logic']),
    severity: field.choice(['low', 'medium', 'high', 'critical']),
    detector: field.text({ max: 80 }).default(''),
    component: field.text({ max: 80 }).default(''),
    metric: field.text({ max: 80 }).default(''),
    current: field.number().default(0),
    baseline: field.number().default(0),
    deviationPercent: field.number({ unit: 'percent' }).default(0),
    score: field.number().default(0),
    threshold: field.number().default(0),
    evidence: field.json(evidence).default({ series: [], samples: [] }),
    impact: field.multiline({ max: 2000 }).default(''),
    actionsTaken: field.multiline().default(''),
    notes: field.multiline().default(''),
    fingerprint: field.text({ max: 64 }).default(''),
    count: field.integer({ min: 1 }).default(1),
    firstSeenAt: field.instant().default(''),
    lastSeenAt: field.instant().default(''),
    snoozedUntil: field.instant().default(''),
    resolvedAt: field.instant().default(''),
    resolvedBy: field.reference('staff').default(''),
    resolution: field.multiline({ max: 2000 }).default(''),
  }),
  serverFields: [
    'current',
    'baseline',
    'deviationPercent',
    'score',
    'evidence',
    'fingerprint',
    'count',
    'firstSeenAt',
    'lastSeenAt',
  ],
  states: {
    initial: 'detected',
    states: {
      detected: { order: 1, tone: 'danger' },
      investigating: { order: 2, tone: 'warning' },
      resolved: { order: 3, tone: 'success' },
      false_positive: { order: 4, tone: 'neutral', terminal: true },
    },
    transitions: [
      { from: 'detected', to: 'investigating' },
      { from: 'investigating', to: 'resolved', requires: ['reason'] },
      { from: 'investigating', to: 'false_positive', requires: ['reason'] },
      { from: 'resolved', to: 'investigating' },
    ],
  },
  list: {
    columns: [
      { path: 'body.title', width: 280 },
      { path: 'body.severity', width: 100 },
      { path: 'status', width: 130 },
      { path: 'body.type', width: 130 },
      { path: 'body.component', width: 140 },
      { path: 'body.deviationPercent', width: 110 },
      { path: 'assignedTo', width: 150 },
      { path: 'body.lastSeenAt', width: 140 },
    ],
    defaultSort: '-body.lastSeenAt',
    search: ['title', 'detector', 'component', 'metric', 'notes'],
  },
  form: [
    { name: 'identity', fields: ['title', 'type', 'severity', 'component', 'metric', 'detector'] },
    { name: 'judgement', fields: ['impact', 'actionsTaken', 'notes', 'resolution', 'snoozedUntil'] },
    {
      name: 'evidence',
      fields: [
        'current',
        'baseline',
        'deviationPercent',
        'score',
        'threshold',
        'count',
        'firstSeenAt',
        'lastSeenAt',
        'evidence',
        'fingerprint',
      ],
    },
  ],
  title: (record) => record.body.title,
});
export type Anomaly = RecordOf<typeof anomaly>;
