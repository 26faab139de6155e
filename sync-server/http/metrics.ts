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
  };
}
