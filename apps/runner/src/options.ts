import type { EngineKind, PlayOptions } from '@backlot/protocol';
import type { TaskSource } from '@backlot/env';
import type { AuditTrail, CompiledPolicy, Engine, Mask } from '@backlot/sandbox';

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
  /** Guardrail policies that every episode stands under: no request can leave one out. */
  readonly policies: readonly CompiledPolicy[];
  /** Further ones, that an episode stands under where they are asked for. */
  readonly offered?: readonly CompiledPolicy[];
  /** Where what episodes did under policies is recorded. What can't be recorded is not done. */
  readonly audit?: Pick<AuditTrail, 'record'>;
  /** Takes secrets out of finished episodes before they are written. */
  readonly mask?: Mask;
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
