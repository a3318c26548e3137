import type { State, Suite, Task, World } from '@backlot/protocol';

/** One file of an export: its path below the folder, and its text. */
export interface ExportFile {
  readonly path: string;
  readonly text: string;
  readonly executable?: boolean;
}

/** A suite with the world that its tasks are done in. */
export interface Exported {
  readonly suite: Suite;
  readonly world: World;
  /** The state in which a task begins. */
  readonly startOf: (task: Task) => State;
}

/** A suite as other harnesses want it. */
export type SuiteExport = (exported: Exported) => readonly ExportFile[];

/** Several values as one JSON text with a line break at the end. */
export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** One JSON text a line. */
export const jsonLines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** A task's id as a file name or an identifier. */
export const plainId = (task: Task, separator = '-'): string => task.id.replace(/[^A-Za-z0-9]+/g, separator);

/** The application that a suite is about, as its name says. */
export const appOf = ({ name }: Suite): string => name.replace(/-\d+$/, '');

/** The name of a text as an environment variable would have it. */
export const upperName = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]+/g, '_');

/** Texts given in a task, by the names of the fields that get them. */
function argumentsOf({ oracle }: Task): Readonly<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const { kind, value, target } of oracle) {
    if ((kind !== 'fill' && kind !== 'select') || value === undefined || value === '') continue;
    const name =
      (target?.name ?? '')
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .replace(/^_|_$/g, '') || 'text';
    given[name in given ? `${name}_${Object.keys(given).length + 1}` : name] = value;
  }
  return given;
}

/** The instruction with `{{name}}` where a text is given. */
export function templateOf(task: Task): { readonly template: string; readonly values: Readonly<Record<string, string>> } {
  const values = argumentsOf(task);
  const longestFirst = Object.entries(values).toSorted((a, b) => b[1].length - a[1].length);
  const template = longestFirst.reduce((text, [name, value]) => text.replaceAll(`“${value}”`, `“{{${name}}}”`), task.instruction);
  return { template, values };
}
