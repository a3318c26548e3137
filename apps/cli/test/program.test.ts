import { describe, expect, it } from 'vitest';
import { program } from '../src/program.ts';
import { backlot } from './fixtures/backlot.ts';

describe('backlot --help', () => {
  it('lists the commands of the contract', async () => {
    const { code, out } = await backlot('--help');
    expect(code).toBe(0);
    for (const name of [
      'record',
      'ingest',
      'synth',
      'explain',
      'serve',
      'tasks',
      'run',
      'fidelity',
      'improve',
      'guard',
      'policy',
      'audit',
      'doctor',
      'demo',
    ])
      expect(out).toContain(`\n  ${name} `);
  });

  /** All commands that do something, with those inside of groups, by their full names. */
  const commands = program().commands.flatMap((command) =>
    command.commands.length === 0
      ? [[command.name(), command] as const]
      : command.commands.map((each) => [`${command.name()} ${each.name()}`, each] as const),
  );

  it.each(commands)('documents every option of %s and gives an example', async (name, command) => {
    const { code, out } = await backlot(...name.split(' '), '--help');
    expect(code).toBe(0);
    expect(out).toContain(`$ backlot ${name}`);
    expect(command.options.map(({ long }) => long)).toContain('--json');
    for (const { description, long } of command.options) expect(description, `${name} ${long}`).not.toBe('');
  });
});

describe('backlot with bad use', () => {
  it.each([
    ['an unknown command', ['nope'], "unknown command 'nope'"],
    ['an unknown option', ['serve', 'clone', '--prot', '1'], "unknown option '--prot'"],
    ['a missing option', ['synth', 'logs'], "required option '--out <dir>' not specified"],
    ['a number that is none', ['tasks', 'clone', '--out', 'x', '--n', 'many'], 'Give a whole number, 1 or more.'],
    ['a folder that is not there', ['ingest', '/nowhere/at/all'], 'there is no such folder'],
    ['a clone that is not there', ['tasks', '/nowhere/at/all', '--out', 'x'], "can't be read"],
    ['an agent that there is not', ['run', '--suite', 'x', '--agent', 'nobody'], 'Give one of oracle, random'],
    ['a suite that is not there', ['run', '--suite', '/nowhere/at/all', '--agent', 'oracle'], 'there is no such file'],
  ])('exits with 2 and says what is wrong: %s', async (_, args, message) => {
    const { code, out, err } = await backlot(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
    expect(out).toBe('');
  });
});
