import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted, in the form of Prometheus. */
export interface Metrics {
  readonly registry: Registry;
  opened(via: string): void;
  ended(ending: string): void;
  refused(code: string): void;
  /** Seconds that a step took. */
  stepped(engine: string, seconds: number): void;
}

const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What meters are about. */
export interface Metered {
  /** How many episodes are open. */
  readonly open: () => number;
  /** How many may be. */
  readonly max: number;
  /** Whether what the process uses is counted here. */
  readonly ofProcess: boolean;
}

/** Makes the meters of a service, or of the episodes of one of its threads. */
export function createMetrics({ open, max, ofProcess }: Metered): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const opened = new Counter({ name: 'backlot_episodes_opened_total', help: 'Episodes that were begun.', labelNames: ['via'], registers });
  const ended = new Counter({ name: 'backlot_episodes_ended_total', help: 'Episodes that ended.', labelNames: ['ending'], registers });
  const refused = new Counter({ name: 'backlot_requests_refused_total', help: 'Requests refused.', labelNames: ['code'], registers });
  const steps = new Histogram({ name: 'backlot_step_seconds', help: 'Time a step takes.', labelNames: ['engine'], buckets, registers });
  new Gauge({
    name: 'backlot_episodes_open',
    help: 'Episodes that are open.',
    registers,
    collect() {
      this.set(open());
    },
  });
  new Gauge({ name: 'backlot_episodes_max', help: 'Episodes that may be open.', registers, aggregator: 'max' }).set(max);
  return {
    registry,
    opened: (via) => opened.inc({ via }),
    ended: (ending) => ended.inc({ ending }),
    refused: (code) => refused.inc({ code }),
    stepped: (engine, seconds) => steps.observe({ engine }, seconds),
  };
}

/** The meters of threads, summed, with what the process uses beside them. */
export function sumMetrics(process: Registry, ofThreads: readonly object[]): Promise<readonly string[]> {
  return Promise.all([process.metrics(), AggregatorRegistry.aggregate([...ofThreads]).metrics()]);
}
