import type { EngineKind, OpenRequest } from '@backlot/protocol';
import { standbyEyes, type Eyes } from '@backlot/env';
import type { CompiledPolicy, Engine } from '@backlot/sandbox';
import { ServiceError } from '../errors.ts';
import type { RunnerOptions } from '../options.ts';

/** The engines of a service. */
export interface EngineShelf {
  /** @throws ServiceError where there is no such engine */
  of(name: EngineKind | undefined): Promise<Engine>;
  /** What sees pages of engines without pixels, where there is a browser. */
  readonly eyes: Eyes | undefined;
  close(): Promise<void>;
}

/** Engines are made once, when they are first asked for. */
export function engineShelf({ engines, engine: usual, tasks }: RunnerOptions): EngineShelf {
  const made = new Map<EngineKind, Promise<Engine>>();
  const engineOf = (name: EngineKind): Promise<Engine> => {
    const make = engines[name];
    if (make === undefined) {
      throw new ServiceError('BAD_REQUEST', `This service has no ${name} engine; it has ${Object.keys(engines).join(', ')}.`);
    }
    const known = made.get(name) ?? make();
    made.set(name, known);
    known.catch(() => made.delete(name));
    return known;
  };
  const eyes = engines.browser === undefined ? undefined : standbyEyes(() => engineOf('browser'), tasks.clone);
  return {
    eyes,
    of: async (name = usual) => engineOf(name),
    async close() {
      await eyes?.close().catch(() => undefined);
      await Promise.all([...made.values()].map((each) => each.then((engine) => engine.close()).catch(() => undefined)));
    },
  };
}

/** The policies that an episode stands under: those in force, and what it asks for. @throws ServiceError where there is none of that name */
export function policiesOf({ policies, offered = [] }: RunnerOptions, { policies: names = [] }: OpenRequest): readonly CompiledPolicy[] {
  const all = [...policies, ...offered];
  const unknown = names.find((wanted) => !all.some(({ name }) => name === wanted));
  if (unknown === undefined) return all.filter((policy) => policies.includes(policy) || names.includes(policy.name));
  const known = all.map(({ name }) => name).join(', ') || 'none';
  throw new ServiceError('BAD_REQUEST', `This service has no policy ${JSON.stringify(unknown)}; it has ${known}.`);
}
