import type { Attempt } from './attempt.ts';

/** One vector under every setting that it was tried under. */
export interface Row {
  readonly name: string;
  readonly family: string;
  readonly outcomes: Record<string, Attempt>;
}

/** What a browser sent under a setting before any page was opened. */
export interface Start {
  readonly setting: string;
  readonly packets: number;
  readonly seen: readonly string[];
}

/** The name that what a browser sends of itself has among the leaks. */
const ofItself = '(the browser itself)';

/** A setting of the report. */
export interface Column {
  readonly name: string;
  readonly promises: boolean;
}

/** What every vector came to. */
export interface EscapeReport {
  readonly v: 1;
  readonly columns: readonly (Column & {
    /** Vectors that were tried, those that sent packets, and how many packets that were. */
    readonly tried: number;
    readonly leaked: number;
    readonly packets: number;
  })[];
  /** Under every setting where it was counted: what the browser sent before any page. */
  readonly starts: readonly Start[];
  readonly rows: readonly (Row & { readonly exercised: boolean })[];
  readonly vectors: number;
  /** Vectors that send packets where no layer stops them. */
  readonly exercised: number;
  /** Vectors that sent packets under a setting that promises to stop everything. */
  readonly leaks: readonly { readonly vector: string; readonly setting: string; readonly packets: number }[];
}

/** Sums up what was tried. `columns` begins with the control. */
export function summarise(
  rows: readonly Row[],
  { columns, starts = [] }: { readonly columns: readonly Column[]; readonly starts?: readonly Start[] },
): EscapeReport {
  const control = columns[0]?.name ?? '';
  const sums = columns.map(({ name, promises }) => {
    const outcomes = rows.flatMap((row) => row.outcomes[name] ?? []);
    const leaked = outcomes.filter(({ packets }) => packets > 0);
    return {
      name,
      promises,
      tried: outcomes.length,
      leaked: leaked.length,
      packets: leaked.reduce((sum, { packets }) => sum + packets, 0),
    };
  });
  const promising = columns.filter(({ promises }) => promises);
  const leaks = [
    ...starts.map(({ setting, packets }) => ({ vector: ofItself, setting, packets })),
    ...rows.flatMap((row) => promising.map(({ name }) => ({ vector: row.name, setting: name, packets: row.outcomes[name]?.packets ?? 0 }))),
  ].filter(({ setting, packets }) => packets > 0 && promising.some(({ name }) => name === setting));
  const judged = rows.map((row) => ({ ...row, exercised: (row.outcomes[control]?.packets ?? 0) > 0 }));
  const exercised = judged.filter((row) => row.exercised).length;
  return { v: 1, columns: sums, starts, rows: judged, vectors: rows.length, exercised, leaks };
}

/** What of a kind the packets were, the most telling one. */
export function kindOf({ packets, seen }: Attempt): string {
  if (packets === 0) return '0';
  const kinds = ['HTTP', 'TLS', 'DNS', 'UDP', 'TCP'];
  return kinds.find((kind) => seen.some((each) => each.startsWith(`${kind} `))) ?? `${packets} pkt`;
}
