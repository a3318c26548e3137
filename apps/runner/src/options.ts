import type { EngineKind, PlayOptions } from '@backlot/protocol';
import type { TaskSource } from '@backlot/env';
import type { CompiledPolicy, Engine } from '@backlot/sandbox';

/** What the service is started with. */
export interface RunnerOptions {
  readonly tasks: TaskSource;
  /** Version of Backlot. */
  readonly version: string;
  /** Engines by name, made when they are first asked for. The service closes them. */
  readonly engines: Partial<Record<EngineKind, () => Promise<Engine>>>;
  /** The engine of episodes that name none. */
  readonly engine: EngineKind;
  readonly play: PlayOptions;
  /** Guardrail policies that episodes stand under. */
  readonly policies: readonly CompiledPolicy[];
  readonly maxEpisodes: number;
  /** How long an episode may lie unused, in milliseconds. */
  readonly idleMs: number;
  /** Folder of the finished episodes; without it none is kept. */
  readonly out?: string;
}

/** Where the service listens. */
export interface ListenOptions {
  /** Default 127.0.0.1. Any other address needs a token. */
  readonly host?: string;
  /** 0 or absent takes a free port. */
  readonly port?: number;
  /** What requests carry as `Authorization: Bearer …`. */
  readonly token?: string;
}
