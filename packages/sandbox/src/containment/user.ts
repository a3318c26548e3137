import { firstThatRuns, type Confinement } from './command.ts';

/** Whom the browser runs as where the engine runs as root: `nobody`, who owns nothing. */
export const nobody = 65_534;

/** Variables that the browser may see; nothing else of the environment reaches it. */
const passedOn = ['PATH', 'LANG', 'FONTCONFIG_PATH', 'FONTCONFIG_FILE', 'SystemRoot'];

/** The environment of a browser whose home is `home`. */
export function cleanEnvironment(home: string): Record<string, string> {
  const passed = passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(passed), HOME: home, TMPDIR: home };
}

/**
 * The command that gives up all privileges before it runs a program, so that Chromium's own sandbox can be on: empty where there are
 * none to give up. There is none where `nobody` can't reach the program.
 */
export async function unprivileged(program: string): Promise<Confinement> {
  if (process.getuid?.() !== 0) return { command: [] };
  const drop = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--inh-caps=-all', '--bounding-set=-all'];
  const command = [...drop, '--no-new-privs', '--'];
  const works = await firstThatRuns([command]);
  if ('why' in works) return works;
  // Reads `test -x PROGRAM -a true`.
  const reaches = await firstThatRuns([[...command, 'test', '-x', program, '-a']]);
  if ('why' in reaches) return { why: `an unprivileged user can't run ${program}: install it outside of a home folder` };
  return { command };
}
