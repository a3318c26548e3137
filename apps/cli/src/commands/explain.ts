import type { Command } from 'commander';
import { command, run, type Context } from '../io/command.ts';
import { UsageError } from '../io/errors.ts';
import { detailText, overviewText } from '../explain-report.ts';

/** `backlot explain CLONE` */
export function explainCommand(): Command {
  return command({
    name: 'explain',
    summary: 'say in words what was learned: all of a clone in short, or one page, rule or table in full',
    examples: [
      'backlot explain clone',
      'backlot explain clone /items/3',
      'backlot explain clone r7',
      'backlot explain clone "Save"',
      'backlot explain clone t0 --json',
    ],
  })
    .argument('<clone>', 'folder that `backlot synth` wrote')
    .argument('[what]', 'a page (id, route, address or title), a rule (id), a table, or an element by its visible name')
    .action((clone: string, what: string | undefined, options: { readonly json?: boolean }) =>
      run({ json: options.json === true }, (context) => explain(clone, what, context)),
    );
}

async function explain(dir: string, what: string | undefined, { terminal }: Context): Promise<void> {
  const { readClone } = await import('@backlot/sandbox');
  const { detailOf, overviewOf } = await import('@backlot/synth');
  const { world } = await readClone(dir);
  if (what === undefined) {
    const overview = overviewOf(world);
    terminal.result(overview, await overviewText(overview, dir));
    return;
  }
  const found = detailOf(world, what);
  if ('closest' in found) {
    throw new UsageError(
      `${dir} has no page, rule, table or element with rules that is called ${JSON.stringify(what)}. ` +
        `The closest are ${found.closest.join(', ')}; \`backlot explain ${dir}\` lists all.`,
    );
  }
  terminal.result(found.detail, await detailText(found.detail));
}
