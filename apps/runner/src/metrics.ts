import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

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

/** Makes the meters of a service; `open` tells how many episodes are open, `max` how many may be. */
export function createMetrics({ open, max }: { readonly open: () => number; readonly max: number }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
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
  new Gauge({ name: 'backlot_episodes_max', help: 'Episodes that may be open.', registers }).set(max);
  return {
    registry,
    opened: (via) => opened.inc({ via }),
    ended: (ending) => ended.inc({ ending }),
    refused: (code) => refused.inc({ code }),
    stepped: (engine, seconds) => steps.observe({ engine }, seconds),
  };
}
