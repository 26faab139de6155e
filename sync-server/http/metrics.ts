import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What the server measures about itself, for `/metrics`. */
export interface Metrics {
  registry: Registry;
  connections: Gauge;
  messages: Counter<'event' | 'outcome'>;
  pushedRows: Counter<'outcome'>;
  sentDocuments: Counter<'way'>;
  resyncs: Counter;
  handling: Histogram<'event'>;
  /** Outcomes: done, failed (tried again), dead. */
  jobs: Counter<'type' | 'outcome'>;
  jobsRunning: Gauge;
  jobSeconds: Histogram<'type'>;
  /** From when a job was due to its beginning. */
  jobDelay: Histogram;
  /** By source; outcomes: stored, duplicate, refused. */
  eventsReceived: Counter<'source' | 'outcome'>;
  /** Outcomes: processed, failed. */
  eventsProcessed: Counter<'outcome'>;
  /** Outcomes: started, success, partial, failed, cancelled. */
  runs: Counter<'outcome'>;
  /** Attempts of steps, and those of them that will be repeated. */
  steps: Counter;
  stepRetries: Counter;
  /** Deliveries of outbound webhooks; outcomes: attempted, and failed of those. */
  webhooks: Counter<'outcome'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    connections: new Gauge({ name: 'steward_connections', help: 'Connected consoles', registers }),
    messages: new Counter({
      name: 'steward_messages_total',
      help: 'Messages of consoles by event and outcome',
      labelNames: ['event', 'outcome'],
      registers,
    }),
    pushedRows: new Counter({
      name: 'steward_pushed_rows_total',
      help: 'Rows of pushes by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    sentDocuments: new Counter({
      name: 'steward_sent_documents_total',
      help: 'Documents sent, by pull or as changes',
      labelNames: ['way'],
      registers,
    }),
    resyncs: new Counter({
      name: 'steward_resyncs_total',
      help: 'Consoles too slow for live changes, sent to pull instead',
      registers,
    }),
    handling: new Histogram({
      name: 'steward_message_seconds',
      help: 'Time from a message to its answer',
      labelNames: ['event'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
      registers,
    }),
    jobs: new Counter({
      name: 'steward_jobs_total',
      help: 'Attempts of jobs by type and outcome',
      labelNames: ['type', 'outcome'],
      registers,
    }),
    jobsRunning: new Gauge({ name: 'steward_jobs_running', help: 'Jobs that run now', registers }),
    jobSeconds: new Histogram({
      name: 'steward_job_seconds',
      help: 'Duration of one attempt of a job',
      labelNames: ['type'],
      buckets: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
      registers,
    }),
    jobDelay: new Histogram({
      name: 'steward_job_delay_seconds',
      help: 'From when a job was due to its beginning',
      buckets: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 60, 600],
      registers,
    }),
    eventsReceived: new Counter({
      name: 'steward_events_received_total',
      help: 'Events that came to the door, by source and outcome',
      labelNames: ['source', 'outcome'],
      registers,
    }),
    eventsProcessed: new Counter({
      name: 'steward_events_processed_total',
      help: 'Events that rules were decided for, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    runs: new Counter({
      name: 'steward_runs_total',
      help: 'Runs of rules that started or ended, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    steps: new Counter({ name: 'steward_steps_total', help: 'Attempts of steps', registers }),
    stepRetries: new Counter({
      name: 'steward_step_retries_total',
      help: 'Attempts of steps that failed and are repeated',
      registers,
    }),
    webhooks: new Counter({
      name: 'steward_webhook_deliveries_total',
      help: 'Deliveries of outbound webhooks by outcome',
      labelNames: ['outcome'],
      registers,
    }),
  };
}
