import type { EngineKind, OpenRequest } from '@backlot/protocol';
import { standbyEyes, type Eyes } from '@backlot/env';
import { superviseEngine, type Engine } from '@backlot/sandbox';
import { ServiceError } from '../errors.ts';
import type { RunnerOptions } from '../options.ts';

/** The engines of a service, with the policies that episodes ask for over them. */
export interface EngineShelf {
  /** @throws ServiceError where there is no such engine or policy */
  of(request: OpenRequest): Promise<Engine>;
  /** What sees pages of engines without pixels, where there is a browser. */
  readonly eyes: Eyes | undefined;
  close(): Promise<void>;
}

/** Engines are made once, when they are first asked for, and once more for each choice of policies over them. */
export function engineShelf({ engines, engine: usual, policies, tasks }: RunnerOptions): EngineShelf {
  const plain = new Map<EngineKind, Promise<Engine>>();
  const watched = new Map<string, Promise<Engine>>();
  const plainOf = (name: EngineKind): Promise<Engine> => {
    const make = engines[name];
    if (make === undefined) {
      throw new ServiceError('BAD_REQUEST', `This service has no ${name} engine; it has ${Object.keys(engines).join(', ')}.`);
    }
    const known = plain.get(name) ?? make();
    plain.set(name, known);
    known.catch(() => plain.delete(name));
    return known;
  };
  const eyes = engines.browser === undefined ? undefined : standbyEyes(() => plainOf('browser'), tasks.clone);
  return {
    eyes,
    async of({ engine = usual, policies: names = policies.map(({ name }) => name) }) {
      const chosen = names.map((wanted) => {
        const policy = policies.find(({ name }) => name === wanted);
        if (policy !== undefined) return policy;
        const all = policies.map(({ name }) => name).join(', ') || 'none';
        throw new ServiceError('BAD_REQUEST', `This service has no policy ${JSON.stringify(wanted)}; it has ${all}.`);
      });
      if (chosen.length === 0) return plainOf(engine);
      const key = [engine, ...names.toSorted()].join('\n');
      const known = watched.get(key) ?? plainOf(engine).then((inner) => superviseEngine(inner, { policies: chosen }));
      watched.set(key, known);
      known.catch(() => watched.delete(key));
      return known;
    },
    async close() {
      await eyes?.close().catch(() => undefined);
      await Promise.all([...plain.values()].map((made) => made.then((engine) => engine.close()).catch(() => undefined)));
    },
  };
}
